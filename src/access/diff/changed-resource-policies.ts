import { AccessChange, ChangeKind } from './access-change';
import { describeWidening } from './described-change';
import { Versions } from './versions';
import { Widening, widenings } from './widening';
import { admitsEverybody } from '../../iam/anonymous-access';
import { allowsNothingBeyond } from '../../iam/inclusion/allows-nothing-beyond';
import { PolicyPrincipal } from '../../iam/inclusion/policy';
import { policiesOn, resourceStatements } from '../../iam/resource-policies';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { describePrincipal, DescribedPrincipal } from '../descriptions/described-principal';
import { names } from '../names/names';
import { AccessStatement, givenStatements } from '../policies/given-statements';
import { resourcePolicyOf } from '../policies/resource-policies';
import { identities } from '../principals/identities';
import { atLeast } from '../queries/nothing-beyond';

/** What the policies of resources allow that they did not, and who may assume roles. */
export function changedResourcePolicies(versions: Versions): readonly AccessChange[] {
  return versions.after.resources.flatMap(resource => {
    const before = policyBefore(versions, resource);
    const after = policyOf(versions.after, resource).map(each => versions.common.statementOf(each));
    return widenings(after, before).filter(each => isNews(versions, resource, each)).flatMap(each => {
      const named = principalOf(each);
      return describeWidening(versions, each, { principal: described(versions, named), before, kind: kindOf(each, named, before), resource });
    });
  });
}

/** What is said of a resource wherever it stands; of a policy on something that isn't in the app, what it says. */
export function policyOf(app: AppModel, resource: Resource): readonly AccessStatement[] {
  return [...resourcePolicyOf(app, resource), ...unowned(app).get(resource) ?? []];
}

export function policyBefore({ before, counterparts }: Versions, resource: Resource): readonly AccessStatement[] {
  const older = counterparts.of(resource);
  return older ? policyOf(before, older) : [];
}

const unowned = view((app): ReadonlyMap<Resource, readonly AccessStatement[]> => {
  const owned = new Set(app.resources.flatMap(each => policiesOn(app, each)));
  return new Map([...resourceStatements(app)].map(([policy, statements]) =>
    [policy, statements.filter(each => !owned.has(each)).flatMap(each => givenStatements(each, names(app)))]));
});

const EVERYBODY: PolicyPrincipal = { type: '*', id: '*' };

/** All but some are everybody. */
export function principalOf({ statement: { principals } }: Widening): PolicyPrincipal {
  const [first] = principals && !principals.negated ? principals.named : [];
  return first && !(first.id === '*' && first.type === 'AWS') ? first : EVERYBODY;
}

function kindOf({ statement: { origin } }: Widening, { type, id }: PolicyPrincipal, before: readonly AccessStatement[]): ChangeKind | undefined {
  if (origin && admitsEverybody(origin) !== 'no' && id === '*') return 'public';
  const isKnown = before.some(({ effect, principals }) => effect === 'Allow' && principals?.named.some(each => each.id === id && each.type === type));
  return isKnown ? undefined : 'principal';
}

/** Left out is what a new resource needs to be of use at all, and what an identity could do before by its own policies. */
function isNews(versions: Versions, resource: Resource, widening: Widening): boolean {
  const { type, id } = principalOf(widening);
  const isNew = versions.counterparts.of(resource) === undefined;
  // What a service does with a role is what the role may do.
  if (isNew && resource.type === 'AWS::IAM::Role' && type === 'Service') return false;
  const account = versions.common.textOf(names(versions.after).environments.account(resource.source));
  if (isNew && type === 'AWS' && id === `arn:aws:iam::${account}:root`) return false;
  return !isHeldAnyway(versions, widening, id, account);
}

/** Within an account, either policy is enough, but for keys and roles. */
function isHeldAnyway({ before }: Versions, { statement }: Widening, id: string, account: string): boolean {
  const identity = identities(before).byArn(id);
  const isAlone = statement.actions.named.some(each => /^(?:kms|sts|\*)/i.test(each)) || statement.actions.negated;
  if (!identity || identity.policies.boundary || isAlone || id.split(':')[4] !== account) return false;
  return allowsNothingBeyond([{ ...statement, principals: undefined }], atLeast(identity.policies.identity.flat())).verdict === 'yes';
}

export function described({ after, common }: Versions, { type, id }: PolicyPrincipal): DescribedPrincipal {
  const identity = identities(after).all.find(({ arn }) => common.textOf(arn) === id);
  const principal = describePrincipal(after, { requester: { type, id }, identity });
  return identity || principal.kind === 'everybody' ? principal : { ...principal, name: common.shown(id) };
}
