import { undecidedIn } from './undecided';
import { AccessStatement } from '../policies/given-statements';

/** A part of what a statement grants: one principal and one resource, where it names several. */
export interface Piece {
  readonly statement: AccessStatement;
  /** The same for pieces that say the same, in whatever order and however their policies are cut. */
  readonly key: string;
}

/** Statements cut so far that each piece grants one thing, or denies all that its statement does. */
export function piecesOf(statements: readonly AccessStatement[]): readonly Piece[] {
  return statements.flatMap(statement => cut(statement).map(each => ({ statement: each, key: keyOf(each) })));
}

function cut(statement: AccessStatement): readonly AccessStatement[] {
  const { effect, resources, principals } = statement;
  if (effect === 'Deny') return [statement];
  const byResource = resources && !resources.negated ? [...new Set(resources.named)].map(each => ({ resources: { named: [each], negated: false } })) : [{}];
  const byPrincipal = principals && !principals.negated ? principals.named.map(each => ({ principals: { named: [each], negated: false } })) : [{}];
  return byResource.flatMap(one => byPrincipal.map(other => ({ ...statement, ...one, ...other })));
}

function keyOf({ effect, actions, resources, principals, conditions, hasVariables, exists, origin }: AccessStatement): string {
  const sorted = (texts: readonly string[]) => [...new Set(texts)].sort();
  return JSON.stringify([
    effect,
    actions.negated, sorted(actions.named.map(each => each.toLowerCase())),
    resources?.negated, resources && sorted(resources.named),
    principals?.negated, principals && sorted(principals.named.map(({ type, id }) => `${type} ${id}`)),
    sorted(conditions.map(({ operator, key, values }) => JSON.stringify([operator, key.toLowerCase(), sorted(values)]))),
    hasVariables,
    // What deployment decides on is the same only if it goes by the same conditions.
    exists === 'unknown' && origin ? undecidedIn(origin) : exists,
  ]);
}
