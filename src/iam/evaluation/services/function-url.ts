import { decideTogether } from '../decide';
import { Decision } from '../decision';
import { ApplicablePolicies } from '../policies';
import { EvaluatedRequest } from '../request';

/** A request to the URL of a function. */
export interface UrlInvocation extends Omit<EvaluatedRequest, 'action'> {
  /** How the URL tells who asks. With `NONE` it doesn't, so that everybody is nobody in particular. Undefined if nobody knows. */
  readonly authType: 'AWS_IAM' | 'NONE' | undefined;
}

/**
 * Whether somebody may invoke a function by its URL, which takes two permissions: one for the URL, and since October 2025 also one for the
 * function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function decideUrlInvocation<O>({ authType, ...request }: UrlInvocation, policies: ApplicablePolicies<O>): Decision<O> {
  const known = { ...authType && { 'lambda:functionurlauthtype': authType }, ...request.context.known };
  const principal = authType === 'NONE' ? { type: '*', id: '*' } : request.principal;
  return decideTogether([
    { ...request, principal, action: 'lambda:InvokeFunctionUrl', context: { ...request.context, known } },
    {
      ...request,
      principal,
      action: 'lambda:InvokeFunction',
      context: { ...request.context, known: { ...known, 'lambda:invokedviafunctionurl': 'true' } },
    },
  ], authType === 'NONE' ? { ...policies, identity: [] } : policies);
}
