import { Verdict } from '../../model/verdict';

/**
 * Whether a test of a statement holds for a value. Where nobody can know before a request is made, names of assumptions: it holds if one of
 * them does, and so do all other tests that name the same.
 */
export type Outcome = 'yes' | 'no' | readonly string[];

export function outcomeIf(holds: boolean): Outcome {
  return holds ? 'yes' : 'no';
}

export function verdictOf(outcome: Outcome): Verdict {
  return typeof outcome === 'string' ? outcome : 'unknown';
}

/** Whether it holds once it is settled which assumptions do. */
export function holdsUnder(outcome: Outcome, assumed: ReadonlySet<string>): boolean {
  return typeof outcome === 'string' ? outcome === 'yes' : outcome.some(each => assumed.has(each));
}

/** A value that stands for all of which the same tests hold, and the outcome of each test. */
export interface Sample {
  readonly text: string;
  readonly outcomes: readonly Outcome[];
}
