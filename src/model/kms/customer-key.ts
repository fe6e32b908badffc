import { Value } from '../value';
import { agreed, Verdict } from '../verdict';

/**
 * Whether a value names a key whose policy somebody decides on, rather than one that AWS made for a service (`alias/aws/sqs`).
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function isCustomerKey(key: Value): Verdict {
  switch (key.kind) {
    case 'absent': return 'no';
    case 'reference': return 'yes';
    case 'either': return agreed(key.branches.map(isCustomerKey));
    default: return /(?:^|:)alias\/aws\//.test(String(key)) ? 'no' : key.isKnown || key.parts.length > 0 ? 'yes' : 'unknown';
  }
}
