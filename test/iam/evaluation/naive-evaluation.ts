import { ApplicablePolicies, GivenPolicy } from '../../../src/iam/evaluation/policies';
import { AccessRequest, PolicyPrincipal, PolicyStatement } from '../../../src/iam/inclusion/policy';
import { isAllowed } from '../inclusion/naive-evaluator';

/** A request of which all is known. */
export interface WholeRequest extends AccessRequest {
  readonly principal: PolicyPrincipal;
  readonly account: string;
}

/**
 * What AWS's flow chart makes of a request, step by step, each a plain yes or no. It shares nothing with what it is there to check.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function isAllowedByAll(request: WholeRequest, policies: ApplicablePolicies): boolean {
  const { identity, boundary, session, resource = [], scps = [], rcps = [], vpcEndpoint } = policies;
  const isService = request.principal.type === 'Service';
  const limiting = isService ? [] : scps;
  const statements = [...identity, boundary ?? [], session ?? [], resource, ...limiting.flat(), ...rcps, vpcEndpoint ?? []].flat();
  if (statements.some(each => each.effect === 'Deny' && applies(each, request))) return false;
  if (!limiting.every(level => level.some(policy => allows(policy, request)))) return false;
  if (vpcEndpoint && !allows(vpcEndpoint, request)) return false;
  const granting = resource.filter(each => each.effect === 'Allow' && applies(each, request));
  if (isService) return granting.length > 0;
  const isLimited = [boundary, session].some(policy => policy !== undefined && !allows(policy, request));
  const isIdentityAllowed = identity.some(policy => allows(policy, request));
  if (request.account !== request.principal.id.split(':')[4]) return granting.length > 0 && isIdentityAllowed && !isLimited;
  if (granting.some(each => namesDirectly(each, request.principal))) return true;
  return !isLimited && (isIdentityAllowed || granting.some(each => namesRole(each)));
}

function allows(policy: GivenPolicy, request: AccessRequest): boolean {
  return policy.some(each => each.effect === 'Allow' && applies(each, request));
}

function applies(statement: PolicyStatement, request: AccessRequest): boolean {
  return isAllowed([{ ...statement, effect: 'Allow' }], request);
}

/** Whether it names everybody, or who asks himself and not his role. */
function namesDirectly({ principals }: PolicyStatement, { id }: PolicyPrincipal): boolean {
  return principals === undefined || principals.named.some(each => each.id === '*' || each.id === id && !id.includes(':role/'));
}

function namesRole({ principals }: PolicyStatement): boolean {
  return principals!.named.some(({ id }) => id.includes(':role/'));
}
