import { Formula } from './formula';
import { Naming } from './principal-match';
import { EvaluatedRequest } from './request';
import { accountOf, kindOf, sameAccount } from './requester';

/** What the policies that grant something allow, those of organizations and endpoints left aside. */
export interface Grants {
  readonly identity: Formula;
  /** True where there is none. */
  readonly boundary: Formula;
  readonly session: Formula;
  /** What the policy of the resource allows, to whom is named in one of some ways; in any way if none is given. */
  readonly resource: (...by: readonly Naming[]) => Formula;
}

/** When the policies of identities count: always, or if the policy of the resource leaves it to them by naming the account. */
export type IdentityCounts = 'always' | 'if the account is named';

/**
 * Whether what is granted suffices.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function isGranted(request: EvaluatedRequest, grants: Grants, identityCounts: IdentityCounts): Formula {
  const kind = kindOf(request.principal);
  if (kind === 'service' || kind === 'anybody' || kind === 'other') return grants.resource('self', 'everybody');
  // The root user may do what its account may.
  const own = kind === 'root' ? { ...grants, identity: Formula.TRUE, boundary: Formula.TRUE, session: Formula.TRUE } : grants;
  const same = sameAccount(accountOf(request.principal), request.resourceAccount);
  return Formula.any([
    Formula.all([same, withinAccount(own, identityCounts)]),
    Formula.all([same.not(), own.resource(), own.identity, own.boundary, own.session]),
  ]);
}

/**
 * Within an account, one side suffices. What a resource grants to a user or a session itself, or to everybody, needs no more; what it
 * grants to a role is limited by the boundary of the role and the policy of the session; and what it grants to the account is the
 * account's to pass on.
 */
function withinAccount({ identity, boundary, session, resource }: Grants, identityCounts: IdentityCounts): Formula {
  const counting = identityCounts === 'always' ? identity : Formula.all([identity, resource('account')]);
  return Formula.any([
    resource('self', 'everybody'),
    Formula.all([Formula.any([counting, resource('role')]), boundary, session]),
  ]);
}
