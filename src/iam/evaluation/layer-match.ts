import { Layer } from './decision';
import { Formula } from './formula';
import { GivenPolicy, GivenStatement } from './policies';
import { Naming, namings } from './principal-match';
import { EvaluatedRequest } from './request';
import { concerns } from './statement-match';

/** A statement that is about a request, or may be. */
export interface MatchingStatement<O> {
  readonly statement: GivenStatement<O>;
  readonly applies: Formula;
  /** How it names who asks; undefined in policies that name nobody. */
  readonly naming?: Naming;
}

/** What policies of one kind say of a request. */
export class LayerMatch<O> {
  public readonly allowing: readonly MatchingStatement<O>[];
  public readonly denying: readonly MatchingStatement<O>[];

  constructor(public readonly layer: Layer, policies: readonly GivenPolicy<O>[], request: EvaluatedRequest) {
    const all = policies.flat().flatMap(statement => matchesOf(statement, request));
    this.allowing = all.filter(({ statement }) => statement.effect === 'Allow');
    this.denying = all.filter(({ statement }) => statement.effect === 'Deny');
  }

  /** Whether it allows the request, to whom is named in one of some ways; of a statement that names nobody that may be any. */
  public allows(...by: readonly Naming[]): Formula {
    const counting = this.allowing.filter(({ naming }) => by.length === 0 || naming === undefined || by.includes(naming));
    return Formula.any(counting.map(({ applies }) => applies));
  }

  public get denies(): Formula {
    return Formula.any(this.denying.map(({ applies }) => applies));
  }
}

function matchesOf<O>(statement: GivenStatement<O>, request: EvaluatedRequest): readonly MatchingStatement<O>[] {
  const concerned = concerns(statement, request);
  if (concerned === Formula.FALSE) return [];
  if (!statement.principals) return [{ statement, applies: concerned }];
  return [...namings(statement.principals, request.principal)]
    .map(([naming, named]) => ({ statement, naming, applies: Formula.all([named, concerned]) }))
    .filter(({ applies }) => applies !== Formula.FALSE);
}
