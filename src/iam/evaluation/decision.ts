import { Proviso } from './formula';
import { GivenStatement } from './policies';

/** What came of a request. */
export interface Decision<O = unknown> {
  readonly answer: 'allowed' | 'denied' | 'unknown';
  readonly deciding: readonly Deciding<O>[];
  /**
   * Of an answer that is unknown, when the request is allowed: if all of one of these sets is so. Sets that say more than others are
   * left out, and so are the longest where there are very many.
   */
  readonly conditions: readonly (readonly Proviso[])[];
}

/** A kind of policy, in the order in which AWS asks them. */
export type Layer = 'resource control policy' | 'service control policy' | 'VPC endpoint policy' | 'resource policy' | 'identity policy'
| 'permissions boundary' | 'session policy';

/** What a statement, or that there is none, has to do with a decision. */
export interface Deciding<O = unknown> {
  readonly layer: Layer;
  /** `misses`: the layer has no statement that allows the request, and would need one. */
  readonly does: 'denies' | 'allows' | 'misses';
  readonly statement?: GivenStatement<O>;
  /** Whether it surely does; it may depend on the conditions of the decision. */
  readonly isSure: boolean;
}
