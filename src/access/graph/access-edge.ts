import { Resource } from '../../model/resource';
import { Identity } from '../principals/identity';
import { Answer } from '../queries/access';

/** Something that can act, or be acted on. */
export interface AccessNode {
  /** Unique within an app, and the same at each synth. */
  readonly id: string;
  /** `other`: a principal that isn't of the app, such as an account. */
  readonly kind: 'internet' | 'function' | 'role' | 'user' | 'group' | 'resource' | 'other' | 'everything' | 'elsewhere';
  /** The construct path, or how a policy names it. */
  readonly name: string;
  readonly resource?: Resource;
  readonly identity?: Identity;
}

/**
 * - `calls`: everybody on the internet can call it
 * - `triggers`: what happens to it invokes the function
 * - `runs as`: the function has the role
 * - `may`: policies allow the actions on it
 * - `gains`: it can come to those rights
 */
export type EdgeKind = 'calls' | 'triggers' | 'runs as' | 'may' | 'gains';

/** What one node can do to another. */
export interface AccessEdge {
  readonly from: AccessNode;
  readonly to: AccessNode;
  readonly kind: EdgeKind;
  /** Of `may`, the actions as policies write them; of `calls`, the routes, or the distribution in front. */
  readonly actions: readonly string[];
  readonly answer: Exclude<Answer, 'denied'>;
  /** Whether what is at its end then does something for whoever came by it: it runs, or what it gets is passed on. */
  readonly drives: boolean;
  readonly reasons: readonly EdgeReason[];
}

/** Where an edge comes from. */
export interface EdgeReason {
  readonly resource: Resource;
  readonly property?: string;
  readonly text: string;
}
