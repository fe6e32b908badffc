import { Verdict } from '../../model/verdict';
import { PolicyCondition } from '../inclusion/policy';

/** Something that isn't known before a request is made, and on which a decision depends. */
export interface Proviso {
  /** The same for what is the same. */
  readonly name: string;
  readonly holds: boolean;
  /**
   * Whose it is: of the request, such as the value of a key; of the deployment, such as whether a policy has a statement at all; or of AWS, where
   * nothing says what it makes of a policy.
   */
  readonly about: 'request' | 'deployment' | 'AWS';
  /** The test of a key. */
  readonly condition?: PolicyCondition;
}

/** Provisos that hold all together. */
type Case = readonly Proviso[];

/** More cases are not kept, the longest first. */
const MOST_CASES = 64;

/** What is true in some cases and false in others: all cases of both sorts, or as many as one can look at. */
export class Formula {
  public static readonly TRUE = new Formula([[]], [], true);
  public static readonly FALSE = new Formula([], [[]], true);

  public static of(answer: boolean): Formula {
    return answer ? Formula.TRUE : Formula.FALSE;
  }

  public static depending(on: Omit<Proviso, 'holds'>): Formula {
    return new Formula([[{ ...on, holds: true }]], [[{ ...on, holds: false }]], true);
  }

  public static all(formulas: readonly Formula[]): Formula {
    const left = formulas.filter(each => each !== Formula.TRUE);
    if (left.includes(Formula.FALSE)) return Formula.FALSE;
    return left.length === 0 ? Formula.TRUE : left.reduce((one, other) => one.and(other));
  }

  public static any(formulas: readonly Formula[]): Formula {
    return Formula.all(formulas.map(each => each.not())).not();
  }

  private constructor(public readonly trueIf: readonly Case[], private readonly falseIf: readonly Case[], private readonly isWhole: boolean) {}

  public not(): Formula {
    if (this === Formula.TRUE) return Formula.FALSE;
    return this === Formula.FALSE ? Formula.TRUE : new Formula(this.falseIf, this.trueIf, this.isWhole);
  }

  public get verdict(): Verdict {
    if (!this.isWhole) return 'unknown';
    return this.trueIf.length === 0 ? 'no' : this.falseIf.length === 0 ? 'yes' : 'unknown';
  }

  private and(other: Formula): Formula {
    const both = this.trueIf.flatMap(one => other.trueIf.flatMap(two => together(one, two) ?? []));
    const [trueIf, falseIf] = [both, [...this.falseIf, ...other.falseIf]].map(shortest);
    const isWhole = this.isWhole && other.isWhole && trueIf.length < MOST_CASES && falseIf.length < MOST_CASES;
    if (isWhole && trueIf.length === 0) return Formula.FALSE;
    if (isWhole && falseIf.length === 0) return Formula.TRUE;
    return new Formula(trueIf, falseIf, isWhole);
  }
}

/** Undefined if they contradict each other. */
function together(one: Case, other: Case): [Case] | undefined {
  const merged = new Map(one.map(each => [each.name, each]));
  for (const each of other) {
    if ((merged.get(each.name) ?? each).holds !== each.holds) return undefined;
    merged.set(each.name, each);
  }
  return [[...merged.values()]];
}

/** Without cases that others make superfluous. */
function shortest(cases: readonly Case[]): readonly Case[] {
  const kept: Case[] = [];
  for (const each of [...cases].sort((one, other) => one.length - other.length)) {
    if (kept.length >= MOST_CASES) break;
    if (!kept.some(other => includes(each, other))) kept.push(each);
  }
  return kept;
}

function includes(more: Case, fewer: Case): boolean {
  return fewer.every(({ name, holds }) => more.some(proviso => proviso.name === name && proviso.holds === holds));
}
