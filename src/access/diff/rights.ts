import { allBut } from './conjunction';
import { Widening, widenings } from './widening';
import { decide } from '../../iam/evaluation/decide';
import { Requester } from '../../iam/evaluation/request';
import { AccessRequest } from '../../iam/inclusion/policy';
import { AccessStatement } from '../policies/given-statements';

/** What the policies of an identity allow it, and its boundary, if it has one. */
export interface Rights {
  readonly statements: readonly AccessStatement[];
  readonly boundary?: readonly AccessStatement[];
}

export interface RightsWidening extends Widening {
  /** Whether it was held back by a boundary alone. */
  readonly byBoundary: boolean;
}

export const NO_RIGHTS: Rights = { statements: [] };

/** What an identity is allowed that it was not, by its policies or for want of a boundary. */
export function widenedRights(who: Requester, after: Rights, before: Rights): readonly RightsWidening[] {
  const { boundary } = after;
  const keepsBoundary = !before.boundary || boundary !== undefined && widenings(boundary, before.boundary).length === 0;
  return partsOf(after).flatMap(statements => {
    const byPolicies = widenings(statements, before.statements).map(each => ({ ...each, byBoundary: false }));
    const known = new Set(byPolicies.map(({ statement }) => statement.origin));
    const byBoundary = keepsBoundary ? [] : widenings(statements, before.boundary!)
      .filter(({ statement }) => !known.has(statement.origin)).map(each => ({ ...each, byBoundary: true }));
    return [...byPolicies, ...byBoundary].map(each => boundary ? within(who, each, boundary) : each);
  });
}

/** All that is allowed; within a boundary, for each of its statements what that leaves, its conditions aside. */
function partsOf({ statements, boundary }: Rights): readonly (readonly AccessStatement[])[] {
  if (!boundary) return [statements];
  const denials = boundary.filter(({ effect }) => effect === 'Deny');
  return boundary.filter(({ effect }) => effect === 'Allow').map(allowed => [...statements, ...denials, ...allBut(allowed)]);
}

/** Of what the conditions of a boundary may hold back, nobody knows whether it is allowed. */
function within(who: Requester, widening: RightsWidening, boundary: readonly AccessStatement[]): RightsWidening {
  const excess = widening.excess.filter(({ request }) => isWithin(who, request, boundary));
  return excess.length > 0 ? { ...widening, excess } : { ...widening, isSure: false };
}

const ANY = { named: ['*'], negated: false };
const ALL: AccessStatement = { effect: 'Allow', actions: ANY, resources: ANY, conditions: [], hasVariables: false };

function isWithin(principal: Requester, { action, resource, context }: AccessRequest, boundary: readonly AccessStatement[]): boolean {
  const resourceAccount = principal.id.split(':')[4];
  return decide({ principal, action, resource, resourceAccount, context: { known: context, absent: 'others' } }, { identity: [[ALL]], boundary }).answer === 'allowed';
}
