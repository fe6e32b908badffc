import { undecidedIn } from './undecided';
import { Chosen } from '../../iam/inclusion/policy';
import { AccessStatement } from '../policies/given-statements';

/** A part of what a statement grants: one principal and one resource, where it names several. */
export interface Piece {
  readonly statement: AccessStatement;
  /** The same for pieces that say the same, in whatever order and however their policies are cut. */
  readonly key: string;
  /** The same for pieces of which deployment decides on the same in the same way, whatever actions they name. */
  readonly undecided?: string;
}

/** Statements cut so far that each piece grants one thing, or denies all that its statement does. */
export function piecesOf(statements: readonly AccessStatement[]): readonly Piece[] {
  return statements.flatMap(statement => cut(statement).map(pieceOf));
}

function cut(statement: AccessStatement): readonly AccessStatement[] {
  const { effect, resources, principals } = statement;
  if (effect === 'Deny') return [statement];
  const byResource = eachOf(resources).map(each => each ? { resources: each } : {});
  const byPrincipal = eachOf(principals).map(each => each ? { principals: each } : {});
  return byResource.flatMap(one => byPrincipal.map(other => ({ ...statement, ...one, ...other })));
}

/** What is named, one by one; what is left out, and what isn't given, can't be cut. */
function eachOf<T>(chosen: Chosen<T> | undefined): readonly (Chosen<T> | undefined)[] {
  return chosen && !chosen.negated ? [...new Set(chosen.named)].map(each => ({ named: [each], negated: false })) : [chosen];
}

function pieceOf(statement: AccessStatement): Piece {
  const { actions, exists, origin } = statement;
  const rest = restOf(statement);
  const named = JSON.stringify([actions.negated, sorted(actions.named.map(each => each.toLowerCase()))]);
  if (exists !== 'unknown') return { statement, key: `${named} ${rest}` };
  const undecided = `${rest} ${origin ? undecidedIn(origin) : ''}`;
  return { statement, key: `${named} ${undecided}`, undecided };
}

/** All but the actions. */
function restOf({ effect, resources, principals, conditions, hasVariables, exists }: AccessStatement): string {
  return JSON.stringify([
    effect, exists === 'unknown', hasVariables,
    resources && [resources.negated, sorted(resources.named)],
    principals && [principals.negated, sorted(principals.named.map(({ type, id }) => `${type} ${id}`))],
    sorted(conditions.map(({ operator, key, values }) => JSON.stringify([operator, key.toLowerCase(), sorted(values)]))),
  ]);
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
