import { Value } from '../value';
import { agreed, Verdict } from '../verdict';

/**
 * Whether a value names a key whose policy somebody decides on, rather than one that AWS made for a service (`alias/aws/sqs`).
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function isCustomerKey(key: Value): Verdict {
  return agreed(key.branches.map(branch => {
    if (branch.kind === 'absent') return 'no';
    if (branch.kind === 'reference') return 'yes';
    if (/(?:^|:)alias\/aws\//.test(String(branch))) return 'no';
    return branch.isKnown || branch.parts.length > 0 ? 'yes' : 'unknown';
  }));
}
