import { AccessStatement } from './given-statements';
import { matches } from '../../iam/pattern';

/** Whether a statement is about one of some actions. */
export function isAbout({ actions: { named, negated } }: AccessStatement, asked: readonly string[]): boolean {
  return asked.some(action => named.some(pattern => matches(pattern.toLowerCase(), action.toLowerCase())) !== negated);
}
