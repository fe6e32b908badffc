import { arnOf } from './arn';
import { Condition, Statement } from './statement';
import { Value } from '../model/value';
import { agreed, all, any, Verdict, verdict } from '../model/verdict';

/** Keys by which a service tells on whose behalf it asks, and which name an account or organization. */
const ACCOUNT_KEYS = new Set(['aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner', 'aws:principalorgid', 'lambda:eventsourcetoken']);

/** Whether a statement for a service holds only for requests on behalf of somebody who is named. */
export function namesSource(statement: Statement): Verdict {
  return any([statement.requires(namesAccount), statement.requires(namesArn)]);
}

/**
 * Whether a statement for a service names an account. The ARN of a bucket names none, so when somebody else makes a bucket of the same
 * name after it was deleted, that is the source which the statement names.
 */
export function namesSourceAccount(statement: Statement): Verdict {
  return any([statement.requires(namesAccount), statement.requires(condition =>
    all([namesArn(condition), eachOf(condition, value => verdict(/^\d{12}$/.test(arnOf(value)?.account ?? '')))]))]);
}

function namesAccount(condition: Condition): Verdict {
  if (!ACCOUNT_KEYS.has(condition.key)) return 'no';
  // Whatever it turns out to be, it is compared letter by letter.
  const exact = /^(?:ForAnyValue:)?StringEquals(?:IgnoreCase)?$/.test(condition.operator);
  if (!exact && !isPositive(condition)) return 'no';
  return eachOf(condition, value => exact ? value.isSet : value.satisfies(({ text = '*' }) => !/^[*?]*$/.test(text)));
}

function namesArn(condition: Condition): Verdict {
  return condition.key === 'aws:sourcearn' && isPositive(condition) ? eachOf(condition, isNarrow) : 'no';
}

/** Whether a pattern of ARNs says whose they are: which account, or which bucket. */
function isNarrow(value: Value): Verdict {
  if (value.kind === 'absent') return 'no';
  const arn = arnOf(value);
  if (arn) return verdict(arn.account === undefined || (arn.account === '' ? !/^[*?]/.test(arn.resource) : !/[*?]/.test(arn.account)));
  if (value.kind === 'reference' || value.parts.some(part => typeof part !== 'string' && part.kind === 'reference')) return 'yes';
  return value.isKnown ? 'no' : 'unknown';
}

function isPositive({ operator }: Condition): boolean {
  return /^(?:ForAnyValue:)?(?:String|Arn)(?:Equals|Like)(?:IgnoreCase)?$/.test(operator);
}

/** Whether `test` accepts each value, in each case that a condition of the template makes. */
function eachOf({ values }: Condition, test: (value: Value) => Verdict): Verdict {
  // Nearly always one.
  if (values.kind === 'reference' || values.kind === 'unknown') return test(values);
  return agreed(values.branches.map(branch =>
    branch.kind === 'absent' ? 'no' : all(branch.items.map(item => agreed(item.branches.map(test))))));
}
