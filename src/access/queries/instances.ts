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
  const wild = patterns.filter(hasWildcard);
  for (const { resources } of wild.length === 0 ? [] : statements) {
    for (const named of resources?.named ?? []) {
      for (const pattern of wild) {
        const common = meet(named, pattern);
        if (common !== undefined) found.add(instance(common, stranger));
      }
    }
  }
  return [...found];
}

/** A pattern of which all that it matches is matched by both: for ARNs, field by field. */
function meet(one: string, other: string): string | undefined {
  if (!overlap(one, other)) return undefined;
  if (covers(one, other) || covers(other, one)) return covers(one, other) ? other : one;
  const [left, right] = [one, other].map(fields);
  if (left.length !== right.length) return undefined;
  const both = left.map((field, at) => covers(field, right[at]) ? right[at] : covers(right[at], field) ? field : undefined);
  return both.includes(undefined) ? undefined : both.join(':');
}

/** The fields of an ARN, the last of which may have colons of its own. */
function fields(arn: string): readonly string[] {
  const all = arn.split(':');
  return [...all.slice(0, 5), all.slice(5).join(':')];
}

function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** A text that the pattern matches. */
function instance(pattern: string, stranger: string): string {
  return pattern.replace(/\*+/g, stranger).replace(/\?/g, 'x');
}
