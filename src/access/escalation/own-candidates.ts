import { Candidate, contextOf } from './candidate';
import { codeSources } from './code-sources';
import { elsewhere, everything, Gained, gainedIdentity, withoutBoundary } from './gained';
import { hostedRoles } from './hosted-roles';
import { Host, Method, Target } from './method';
import { assumableRoles, trustsService } from './trust';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';
import { askedArn, AskedResource, askedResource } from '../queries/asked-resource';

/** Finds what a method can be tried on in an app, by whoever holds some identities. */
type Find = (app: AppModel, method: Method, held: readonly Identity[]) => readonly Candidate[];

/** What a method can be tried on among what the app has. */
export function ownCandidates(app: AppModel, method: Method, held: readonly Identity[]): readonly Candidate[] {
  return (FINDERS[method.target] ?? hosts)(app, method, held);
}

const FINDERS: Partial<Record<Target, Find>> = {
  'passed role': (app, method) => identities(app).all.flatMap(role => role.kind !== 'role' || !role.resource ? [] : method.services.flatMap(service => {
    const trust = trustsService(app, role.resource!, service);
    return trust === 'no' ? [] : [{ ...on(app, method, role, service), isSure: trust === 'yes' }];
  })),
  'trusting role': (app, method) => assumableRoles(app).map(role => on(app, method, role)),
  'role': (app, method) => bounded(method, identities(app).all.filter(isInApp('role'))).map(role => on(app, method, role)),
  'user': (app, method) => bounded(method, identities(app).all.filter(isInApp('user'))).map(user => on(app, method, user)),
  // Only a user can join one.
  'group': (app, method, held) => held.some(({ kind }) => kind === 'user') ? identities(app).groups.filter(isInApp('group')).map(group => on(app, method, group)) : [],
  'own role': (app, method, held) => bounded(method, held.filter(isInApp('role'))).map(role => ({ ...on(app, method, role), through: [role] })),
  'own user': (app, method, held) => bounded(method, held.filter(isInApp('user'))).map(user => ({ ...on(app, method, user), through: [user] })),
  // What a group has, its members have within their boundaries.
  'own group': (app, method, held) => identities(app).groups.filter(isInApp('group')).flatMap(group => held.filter(({ kind }) => kind === 'user')
    .flatMap(user => user.groups.includes(group.arn) ? [[user]] : held.includes(group) ? [[user, group]] : [])
    .map(through => ({ ...on(app, method, group), gained: everything(through[0]), through }))),
  'own policy': (app, method, held) => held.flatMap(identity => managedPolicies(identity).map(policy => ({
    ...candidate(
      askedResource(app, policy), method, method.gain === 'version' ? elsewhere(`what another version of ${policy} allows`) : everything(identity),
    ),
    through: [identity],
  }))),
  'code archive': deployedFrom,
  'image': deployedFrom,
  'organization': (app, method) => [candidate(askedArn(app, '*'), method, everything())],
};

function hosts(app: AppModel, method: Method): readonly Candidate[] {
  return hostedRoles(app, method.target as Host).map(({ host, role }) => candidate(askedResource(app, host), method, gainedIdentity(role)));
}

/** Nothing changes before a deployment, of which nobody knows what it takes from there. */
function deployedFrom(app: AppModel, method: Method, held: readonly Identity[]): readonly Candidate[] {
  return codeSources(app, method, held).map(({ arn, role }) => {
    const gained = role ? gainedIdentity(role) : elsewhere('the role of any function that is deployed from there');
    return { asked: askedArn(app, arn), gained, context: {}, isSure: false };
  });
}

function on(app: AppModel, method: Method, identity: Identity, service?: string): Candidate {
  const context = contextOf(method, identity, service);
  return { asked: askedResource(app, identity.resource!), gained: gainedOn(identity, method), context, isSure: true };
}

function gainedOn(identity: Identity, { gain }: Method): Gained {
  switch (gain) {
    case 'everything': return everything(identity);
    case 'anything': return everything();
    case 'unbounded': return withoutBoundary(identity);
    default: return gainedIdentity(identity);
  }
}

function candidate(asked: AskedResource, method: Method, gained: Gained): Candidate {
  return { asked, gained, context: contextOf(method), isSure: true };
}

function isInApp(kind: Identity['kind']): (identity: Identity) => boolean {
  return identity => identity.kind === kind && identity.resource !== undefined;
}

/** Where there is no boundary, none can be taken away. */
function bounded({ gain }: Method, held: readonly Identity[]): readonly Identity[] {
  return gain === 'unbounded' || gain === 'anything' ? held.filter(({ policies }) => policies.boundary) : held;
}

/** The managed policies of the app that an identity has. */
function managedPolicies({ policies }: Identity): readonly Resource[] {
  const resources = policies.identity.flat().flatMap(({ origin }) => origin?.origin.isWhole === true ? [] : origin?.origin.resource ?? []);
  return [...new Set(resources)].filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
}
