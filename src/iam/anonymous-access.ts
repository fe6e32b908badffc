import { policiesOn } from './resource-policies';
import { Condition, Statement } from './statement';
import { AppModel } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, not, Verdict } from '../model/verdict';

/** A statement that may let in everybody. */
export interface Opening {
  readonly statement: Statement;
  /** Whether it surely does. */
  readonly isOpen: Verdict;
}

/** The statements on a resource by which everybody on the internet may do something, whatever that is. */
export function openings(app: AppModel, resource: Resource): readonly Opening[] {
  const policies = policiesOn(app, resource);
  if (policies.length === 0) return NONE;
  return policies
    .map(statement => ({ statement, isOpen: admitsEverybody(statement) }))
    .filter(({ isOpen }) => isOpen !== 'no');
}

const NONE: readonly Opening[] = [];

/** Whether a statement allows something to everybody, and no condition narrows down who that is. */
export function admitsEverybody(statement: Statement): Verdict {
  return all([
    statement.allows,
    statement.admits(({ type, value }) => type === '*' || type === 'AWS' ? isEverybody(value) : 'no'),
    not(statement.requires(narrows)),
  ]);
}

/** An ARN of which a part is known isn't `*`, whatever the rest is, and neither is the account of the stack. */
function isEverybody(principal: Value): Verdict {
  return principal.kind === 'reference' || principal.parts.length > 0 || principal.why === 'AWS::AccountId' ? 'no' : principal.satisfies(({ text }) => text === '*');
}

/**
 * Keys that tell who asks, or on whose behalf, and that a caller can't make up. `aws:Referer` and `aws:UserAgent` can be made up.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const TELLING_KEYS = new Set([
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principalservicename',
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceip', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner',
  'aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:userid', 'aws:username', 'aws:vpcsourceip',
  'kms:calleraccount', 's3:dataaccesspointaccount', 's3:dataaccesspointarn',
]);

/** Operators that hold only if the key is there and has one of the values. */
const NARROWING_OPERATORS = /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/** Whether a test of a condition holds only for somebody who is named. */
export function narrows({ operator, key, values }: Condition): Verdict {
  if (!TELLING_KEYS.has(key) || !NARROWING_OPERATORS.test(operator)) return 'no';
  return all([values.isSet, ...values.items.map(isSomebody)]);
}

/** Whether a value of a condition is less than everybody; what only deployment names in part is, since no wildcard stands for the rest. */
function isSomebody(value: Value): Verdict {
  if (value.kind === 'reference' || value.parts.length > 0) return 'yes';
  return value.satisfies(({ text = '' }) => !/^[*:/]*$|^arn:[*:]*$|^(?:0\.0\.0\.0|::)\/0$/.test(text));
}
