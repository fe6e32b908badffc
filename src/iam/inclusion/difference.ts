import { Universe } from './allows-nothing-beyond';
import { Budget } from './budget';
import { CompiledPolicies } from './compiled-policies';
import { CounterexampleSearch } from './counterexample-search';
import { AccessRequest, Policy } from './policy';
import { Verdict } from '../../model/verdict';

/** What a policy allows beyond another. */
export interface Difference {
  /** Whether the requests show all actions in which the policies differ: no where there may be more, of which nobody is sure. */
  readonly isWhole: Verdict;
  /** For each action, or all actions that the policies don't tell apart, the shortest request that shows it. */
  readonly requests: readonly AccessRequest[];
}

/** What `policy` allows that `reference` does not, action by action, each policy taken as if it were the only one. */
export function difference(policy: Policy, reference: Policy, { budget = new Budget(), ...universe }: Universe = {}): Difference {
  const search = new CounterexampleSearch(new CompiledPolicies(policy, reference), budget, universe);
  const requests = [...search.sure()];
  const mayBeMore = budget.isSpent || search.hasAssumptions;
  return { isWhole: mayBeMore ? 'unknown' : 'yes', requests };
}
