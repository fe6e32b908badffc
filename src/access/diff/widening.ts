import { actionClasses, ActionClass } from './action-classes';
import { Piece, piecesOf } from './pieces';
import { allowsNothingBeyond } from '../../iam/inclusion/allows-nothing-beyond';
import { Budget } from '../../iam/inclusion/budget';
import { difference } from '../../iam/inclusion/difference';
import { AccessRequest, Policy } from '../../iam/inclusion/policy';
import { AccessStatement } from '../policies/given-statements';
import { atLeast, atMost } from '../queries/nothing-beyond';

/** What a part of a statement allows that statements before it did not. */
export interface Widening {
  readonly statement: AccessStatement;
  /** Actions, and the shortest request that shows it for all of them. Where deployment decides, there may be none. */
  readonly excess: readonly Excess[];
  /** Whether it surely does, whatever deployment makes of the templates. */
  readonly isSure: boolean;
}

export interface Excess {
  readonly actions: readonly string[];
  readonly request: AccessRequest;
}

/** What statements allow that others did not, piece by piece, each with the denials that apply to it. */
export function widenings(after: readonly AccessStatement[], before: readonly AccessStatement[]): readonly Widening[] {
  const comparison = new Comparison(piecesOf(before), piecesOf(after));
  return comparison.widenings;
}

class Comparison {
  private readonly same: ReadonlySet<string>;
  private readonly denials: Policy;
  /** Whether nothing is allowed for want of a denial. */
  private readonly keepsDenials: boolean;
  private readonly atMostBefore: Policy;
  private readonly atLeastBefore: Policy;

  constructor(private readonly before: readonly Piece[], private readonly after: readonly Piece[]) {
    this.same = new Set(before.map(({ key }) => key));
    const kept = new Set(after.map(({ key }) => key));
    this.keepsDenials = before.every(({ statement, key }) => statement.effect === 'Allow' || kept.has(key));
    this.denials = after.map(({ statement }) => statement).filter(({ effect }) => effect === 'Deny');
    this.atMostBefore = atMost(before.map(({ statement }) => statement));
    // What denies the same on both sides, if it does, makes neither of them wider.
    const isAlike = ({ statement, key }: Piece) => isUndecided(statement) && statement.effect === 'Deny' && kept.has(key);
    this.atLeastBefore = atLeast(before.filter(each => !isAlike(each)).map(({ statement }) => statement));
  }

  public get widenings(): readonly Widening[] {
    const pieces = this.after.filter(({ statement, key }) => statement.effect === 'Allow' && !(this.keepsDenials && this.same.has(key)));
    const sure = pieces.flatMap(({ statement }) => this.sure(statement) ?? []);
    const told = new Set(sure.flatMap(({ statement }) => [statement.origin, about(statement)]));
    // What deployment decides on in a statement is told with what it surely gives.
    const open = pieces.filter(({ statement }) => !told.has(isUndecided(statement) ? statement.origin : about(statement)));
    return [...sure, ...open.flatMap(piece => this.possible(piece) ?? [])];
  }

  private sure(statement: AccessStatement): Widening | undefined {
    if (isUndecided(statement)) return undefined;
    const classes = actionClasses([statement], [...this.denials, ...this.atMostBefore]);
    const budget = new Budget();
    const { requests } = difference([statement, ...this.denials], this.atMostBefore, { actions: classes.map(({ known }) => known), budget });
    // Of very many, not all may have been looked at: they are told as they are written.
    const others = budget.isSpent ? [writtenActions(statement)] : [];
    const excess = requests.map(request => ({ request, actions: [...actionsOf(classes, request), ...others] }));
    return excess.length === 0 ? undefined : { statement, isSure: true, excess };
  }

  /** What deployment decides on alike on both sides is set against itself. */
  private possible({ statement, undecided }: Piece): Widening | undefined {
    const granting = [statement, ...this.denials.filter(each => !isUndecided(each))];
    const alike = this.before.filter(each => undecided !== undefined && each.undecided === undecided).map(each => each.statement);
    const reference = [...this.atLeastBefore, ...alike];
    const classes = actionClasses([statement], [...this.denials, ...reference]);
    const { verdict, witness } = allowsNothingBeyond(granting, reference, { actions: classes.map(({ known }) => known) });
    if (verdict === 'yes') return undefined;
    return { statement, isSure: false, excess: witness ? [{ request: witness, actions: actionsOf(classes, witness) }] : [] };
  }
}

/** Which statement grants what to whom. */
function about({ origin, resources, principals }: AccessStatement): string {
  return JSON.stringify([origin?.origin.resource.id, origin?.origin.property, resources?.named, principals?.named]);
}

function isUndecided({ exists }: AccessStatement): boolean {
  return exists === 'unknown';
}

/** The actions of a statement in its own words. */
export function writtenActions({ actions: { named, negated } }: AccessStatement): string {
  return `${negated ? 'all but ' : ''}${named.join(', ')}`;
}

function actionsOf(classes: readonly ActionClass[], { action }: AccessRequest): readonly string[] {
  return classes.find(({ known }) => known.name === action)?.actions ?? [action];
}
