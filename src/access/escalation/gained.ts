import { Identity } from '../principals/identity';

/** What somebody gets by a method. */
export interface Gained {
  /** The same for what is the same. */
  readonly key: string;
  /**
   * - `identity`: the rights of a role, a user or a group of the app
   * - `unbounded`: those of an identity of the app without its boundary
   * - `everything`: all that there is, within the boundary of an identity if it has one
   * - `elsewhere`: the rights of what isn't in the app, or isn't known
   */
  readonly kind: 'identity' | 'unbounded' | 'everything' | 'elsewhere';
  readonly identity?: Identity;
  /** What it is, where it is no identity of the app. */
  readonly what?: string;
}

export function gainedIdentity(identity: Identity): Gained {
  return { key: identity.arn, kind: 'identity', identity };
}

export function withoutBoundary(identity: Identity): Gained {
  return { key: `${identity.arn} unbounded`, kind: 'unbounded', identity };
}

export function everything(within?: Identity): Gained {
  return within?.policies.boundary ? { key: `${within.arn} everything`, kind: 'everything', identity: within } : { key: 'everything', kind: 'everything' };
}

export function elsewhere(what: string): Gained {
  return { key: `elsewhere ${what}`, kind: 'elsewhere', what };
}
