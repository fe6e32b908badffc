import { covers, overlap } from '../../iam/pattern';
import { AccessStatement } from '../policies/given-statements';

/**
 * Resources that stand for all that match a pattern, as far as statements tell them apart: one of which no statement knows, and one for
 * each pattern by which a statement is about some of them only.
 *
 * @param stranger a name that nobody has given to anything
 */
export function instancesOf(patterns: readonly string[], statements: readonly AccessStatement[], stranger: string): readonly string[] {
  const found = new Set(patterns.map(pattern => instance(pattern, stranger)));
  for (const { resources } of statements) {
    for (const named of resources?.named ?? []) {
      for (const pattern of patterns) {
        const common = hasWildcard(pattern) && overlap(named, pattern) ? instance(named, stranger) : undefined;
        if (common !== undefined && covers(pattern, common)) found.add(common);
      }
    }
  }
  return [...found];
}

function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** A text that the pattern matches. */
function instance(pattern: string, stranger: string): string {
  return pattern.replace(/\*+/g, stranger).replace(/\?/g, 'x');
}
