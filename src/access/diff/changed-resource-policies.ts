import { AccessChange, ChangeKind } from './access-change';
import { describeWidening } from './described-change';
import { effective } from './effective';
import { liftedDenials } from './lifted-denials';
import { Versions } from './versions';
import { Widening, widenings } from './widening';
import { admitsEverybody } from '../../iam/anonymous-access';
import { PolicyPrincipal } from '../../iam/inclusion/policy';
import { Resource } from '../../model/resource';
import { describePrincipal, DescribedPrincipal } from '../descriptions/described-principal';
import { AccessStatement } from '../policies/given-statements';

/** What the policies of resources allow that they did not, who may assume roles, and what identities may do since they are not denied it any more. */
export function changedResourcePolicies(versions: Versions): readonly AccessChange[] {
  const { older, newer } = versions;
  return versions.after.resources.flatMap(resource => {
    const before = older.policyOf(resource);
    const after = newer.policyOf(resource);
    return [
      ...widenings(after, before).flatMap(each => newsOf(versions, resource, each)).flatMap(each => {
        const named = principalOf(each);
        return describeWidening(versions, each, { principal: described(versions, named), before, kind: kindOf(each, named, before), resource });
      }),
      ...liftedDenials(versions, resource, before, after),
    ];
  });
}

const EVERYBODY: PolicyPrincipal = { type: '*', id: '*' };

/** All but some are everybody. */
function principalOf({ statement: { principals } }: Widening): PolicyPrincipal {
  const [first] = principals && !principals.negated ? principals.named : [];
  return first && !(first.id === '*' && first.type === 'AWS') ? first : EVERYBODY;
}

function kindOf({ statement: { origin } }: Widening, { type, id }: PolicyPrincipal, before: readonly AccessStatement[]): ChangeKind | undefined {
  if (origin && admitsEverybody(origin) !== 'no' && id === '*') return 'public';
  const isKnown = before.some(({ effect, principals }) => effect === 'Allow' && principals?.named.some(each => each.id === id && each.type === type));
  return isKnown ? undefined : 'principal';
}

/** Left out is what a new resource needs to be of use at all, and what an identity could do before by its own policies. */
function newsOf(versions: Versions, resource: Resource, widening: Widening): readonly Widening[] {
  const { type, id } = principalOf(widening);
  const isNew = versions.counterparts.of(resource) === undefined;
  // What a service does with a role is what the role may do.
  if (isNew && resource.type === 'AWS::IAM::Role' && type === 'Service') return [];
  if (isNew && type === 'AWS' && id === `arn:aws:iam::${versions.newer.accountOf(resource)}:root`) return [];
  const identity = type === 'AWS' ? versions.identityNamed(id) : undefined;
  return identity ? effective(widening, versions.standings(resource, identity), 'resource') : [widening];
}

function described(versions: Versions, { type, id }: PolicyPrincipal): DescribedPrincipal {
  const { after, common } = versions;
  const identity = versions.identityNamed(id);
  const principal = describePrincipal(after, { requester: { type, id }, identity });
  return identity || principal.kind === 'everybody' ? principal : { ...principal, name: common.shown(id) };
}
