import { Budget } from './budget';
import { CompiledPolicies } from './compiled-policies';
import { CounterexampleSearch } from './counterexample-search';
import { AccessRequest, KnownAction, Policy } from './policy';
import { Verdict } from '../../model/verdict';

/** What a request can be, and how much work the question may cost. */
export interface Universe {
  /** Left out, any service may have any action, about any resource. */
  readonly actions?: readonly KnownAction[];
  /** Patterns of names that actions may have which aren't known; about any resource. Left out, known actions are all there are. */
  readonly futureActions?: readonly string[];
  readonly budget?: Budget;
}

/** Whether a policy allows nothing beyond another. */
export interface Inclusion {
  readonly verdict: Verdict;
  /** Where it does: a request that it allows and the other does not, the shortest there is, and by few keys. */
  readonly witness?: AccessRequest;
}

/**
 * Whether each request that `policy` allows is allowed by `reference`, too, taking each as if it were the only one.
 *
 * A yes is sure, and so is a no. Where an answer depends on what only a request will tell, such as policy variables, or on what isn't
 * documented, `policy` is taken for as much and `reference` for as little as they may be; if they then differ, but not surely, the answer is
 * unknown, as it is when the budget is spent. Keys of the context are taken to be independent of each other and of who asks for what.
 */
export function allowsNothingBeyond(policy: Policy, reference: Policy, { budget = new Budget(), ...universe }: Universe = {}): Inclusion {
  const search = new CounterexampleSearch(new CompiledPolicies(policy, reference), budget, universe);
  for (const witness of search.sure()) return { verdict: 'no', witness };
  const mayDiffer = search.possible();
  return { verdict: mayDiffer || budget.isSpent ? 'unknown' : 'yes' };
}
