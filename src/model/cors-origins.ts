import { Value } from './value';
import { agreed, any, Verdict } from './verdict';

/** All origins, also those that begin with a scheme. */
const ANY_ORIGIN = /^(?:https?:\/\/)?\*$/;

/**
 * Whether scripts of any origin are let in, by a list of origins.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function admitsAnyOrigin(origins: Value): Verdict {
  return agreed(origins.branches.map(list => any(list.items.map(origin => origin.satisfies(({ text = '' }) => ANY_ORIGIN.test(text))))));
}
