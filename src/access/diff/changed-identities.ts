import { AccessChange } from './access-change';
import { describePlace, describeWidening } from './described-change';
import { NO_RIGHTS, Rights, widenedRights } from './rights';
import { Versions } from './versions';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { describePrincipal, DescribedPrincipal } from '../descriptions/described-principal';
import { names } from '../names/names';
import { AccessStatement } from '../policies/given-statements';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** An identity, and the one whose rights it had before: itself, or the role that its function had. */
export interface IdentityVersions {
  readonly after: Identity;
  readonly before?: Identity;
  /** The function by which the two belong together. */
  readonly fn?: Resource;
}

/** What roles, users and groups are allowed that they, or the functions that run with them, were not. */
export function changedIdentities(versions: Versions): readonly AccessChange[] {
  const reported = new Set<unknown>();
  return identityVersions(versions).flatMap(each => {
    const { after, before } = each;
    const principal = principalOf(versions, each);
    const rights = before ? rightsOf(before) : NO_RIGHTS;
    const widened = widenedRights(after.requester, rightsOf(after, statement => versions.common.statementOf(statement)), rights)
      // Users have what their groups have, which is said of these.
      .filter(({ statement: { origin } }) => joinsGroups(versions, each) || !reported.has(origin));
    if (after.kind === 'group') widened.forEach(({ statement: { origin } }) => reported.add(origin));
    const kind = before ? undefined : 'principal' as const;
    return [
      ...widened.flatMap(widening => describeWidening(versions, widening, {
        principal, before: widening.byBoundary ? before?.policies.boundary ?? [] : rights.statements, kind: widening.byBoundary ? 'boundary' : kind,
      })),
      ...isLessKnown(versions, each) ? [unknownRights(after.resource!, principal, kind)] : [],
    ];
  });
}

/** What to compare: groups first, then each identity with itself, and where a function has another role than it had, that with the other. */
export function identityVersions(versions: Versions): readonly IdentityVersions[] {
  const { all, groups } = identities(versions.after);
  return [...groups, ...all].flatMap(after => {
    const before = versions.identityBefore(after);
    const byFunction = after.functions.flatMap((fn): IdentityVersions[] => {
      const older = versions.counterparts.of(fn);
      const roles = older ? identities(versions.before).of(older) : [];
      return before && roles.includes(before) ? [] : [{ after, before: roles[0], fn }];
    });
    const isCovered = before === undefined && byFunction.length > 0;
    return [...isCovered ? [] : [{ after, before }], ...byFunction];
  });
}

/** The statements that the app knows; of policies from elsewhere it knows neither what they allow now nor what they did. */
export function rightsOf({ policies: { identity, boundary } }: Identity, translate = (statement: AccessStatement) => statement): Rights {
  return {
    statements: identity.flat().filter(({ origin }) => origin !== undefined).map(translate),
    ...boundary ? { boundary: boundary.map(translate) } : {},
  };
}

export function principalOf({ after }: Versions, { after: identity, fn }: IdentityVersions): DescribedPrincipal {
  const described = describePrincipal(after, { requester: identity.requester, identity });
  return fn ? { ...described, functions: [String(fn)] } : described;
}

/** Whether a user is in a group that it was not in; others are in none. */
function joinsGroups({ common }: Versions, { after, before }: IdentityVersions): boolean {
  return after.kind !== 'user' || after.groups.some(each => !before?.groups.includes(common.textOf(each)));
}

/** Whether an identity of the app has a policy from elsewhere that it had not. */
function isLessKnown({ common, before: older, after: newer }: Versions, { after, before }: IdentityVersions): boolean {
  if (after.resource === undefined || after.isWhole) return false;
  const known = new Set(before?.resource ? policiesNamed(older, before.resource) : []);
  return before?.isWhole !== false || policiesNamed(newer, after.resource).some(each => !known.has(common.textOf(each)));
}

function policiesNamed(app: AppModel, resource: Resource): readonly string[] {
  return resource.get('ManagedPolicyArns').items.flatMap(({ branches }) => branches).map(each => names(app).text(each, resource) ?? '');
}

function unknownRights(resource: Resource, principal: DescribedPrincipal, kind: AccessChange['kind'] = 'action'): AccessChange {
  return {
    kind,
    isSure: false,
    principals: [principal],
    actions: ['*'],
    resources: ['*'],
    before: [],
    now: [describePlace(resource, 'ManagedPolicyArns', `\`${resource}\` has a policy of which nothing is known but the name`)],
  };
}
