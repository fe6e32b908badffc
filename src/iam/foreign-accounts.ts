import { narrows } from './anonymous-access';
import { arnOf } from './arn';
import { accountOf } from './principal';
import { Statement } from './statement';
import { Value } from '../model/value';
import { all, not, Verdict } from '../model/verdict';

/**
 * Whether a statement allows something to an account that is neither `own` nor one of `known`, whatever organization it is in. Everybody is no
 * account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function admitsForeigner(statement: Statement, own: string | undefined, known: readonly string[]): Verdict {
  return all([
    statement.allows,
    statement.admits(({ type, value }) => type === 'AWS' ? isForeign(value, own, known) : 'no'),
    not(statement.requires(condition => condition.key.startsWith('aws:principalorg') ? narrows(condition) : 'no')),
  ]);
}

function isForeign(principal: Value, own: string | undefined, known: readonly string[]): Verdict {
  if (principal.kind === 'reference' || isOfStack(principal) || principal.text === '*') return 'no';
  const account = accountOf(principal) ?? arnOf(principal)?.account;
  if (account === undefined) return principal.isKnown ? 'no' : 'unknown';
  if (account === own || known.includes(account)) return 'no';
  return own === undefined ? 'unknown' : 'yes';
}

/** Whether it is the account of the stack, whichever that will be. */
function isOfStack(principal: Value): boolean {
  return [principal, ...principal.parts].some(part => typeof part !== 'string' && part.why === 'AWS::AccountId');
}
