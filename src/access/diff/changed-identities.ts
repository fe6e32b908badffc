import { AccessChange } from './access-change';
import { describePlace, describeWidening } from './described-change';
import { IdentityComparison } from './identity-comparison';
import { Versions } from './versions';
import { AppModel } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';
import { describePrincipal, DescribedPrincipal } from '../descriptions/described-principal';
import { names } from '../names/names';
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
  const { common, older, newer } = versions;
  const all = identityVersions(versions).map(each =>
    ({ each, widened: new IdentityComparison(common, newer, older, each.after, each.before).widened }));
  const newToMembers = new Multimap<string, ReadonlySet<unknown>>();
  for (const { each: { after }, widened } of all) {
    for (const group of after.groups) newToMembers.add(group, new Set(widened.map(({ statement }) => statement.origin)));
  }
  const told = new Set<unknown>();
  return all.flatMap(({ each, widened }) => {
    const { after, before } = each;
    const principal = principalOf(versions, each);
    const rights = older.rightsOf(before);
    const members = newToMembers.get(after.arn);
    const news = widened.filter(({ statement: { origin } }) => after.kind === 'group'
      // What all members had already by other policies is new to nobody.
      ? members.length === 0 || members.some(origins => origins.has(origin))
      // Users have what their groups have, which is said of these.
      : joinsGroups(versions, each) || !told.has(origin));
    if (after.kind === 'group') news.forEach(({ statement: { origin } }) => told.add(origin));
    const kind = before ? undefined : 'principal' as const;
    return [
      ...news.flatMap(widening => describeWidening(versions, widening, {
        principal, before: widening.byBoundary ? rights.boundary ?? [] : rights.statements, kind: widening.byBoundary ? 'boundary' : kind,
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
