/** What runs code with a role of its own. */
export type Host = 'agent runtime' | 'browser' | 'code interpreter' | 'deployment group' | 'development endpoint' | 'function' | 'instance' | 'job definition'
| 'launch template' | 'notebook' | 'project' | 'stack' | 'service' | 'state machine' | 'task';

/** What functions are deployed from: an object in a bucket, or an image in a repository. */
export type CodeSource = 'code archive' | 'image';

/**
 * What a method turns on:
 * - `passed role`: any role that one of the services of the method may assume
 * - `trusting role`: a role whose trust policy says who may assume it
 * - `role`, `user`, `group`: any of these
 * - `own role`, `own user`, `own group`, `own policy`: one that somebody who acts already is, is in, or has
 * - a host: what runs code with a role
 * - `code archive`, `image`: what a function is deployed from
 * - `organization`: nothing of the account
 */
export type Target = 'passed role' | 'trusting role' | 'role' | 'user' | 'group' | 'own role' | 'own user' | 'own group' | 'own policy' | 'organization' | CodeSource | Host;

/**
 * What somebody has afterwards:
 * - `target`: the rights of the target, or of the role that it runs with
 * - `everything`: all that there is, within the boundary of the target
 * - `anything`: all that there is, whatever boundary the target had
 * - `unbounded`: what the policies of the target allow without its boundary
 * - `version`: what another version of the policy allows
 */
export type Gain = 'target' | 'everything' | 'anything' | 'unbounded' | 'version';

/** A way to get more rights than one was given. */
export interface Method {
  /** What is done, to complete "somebody ...". */
  readonly how: string;
  readonly target: Target;
  /** Actions that are needed on the target. */
  readonly onTarget: readonly string[];
  /** Further actions, on anything that they can be about. */
  readonly beside: readonly string[];
  readonly gain: Gain;
  /** Who has to be trusted by a role that is passed. */
  readonly services: readonly string[];
}

/** Passes a role to a service that then runs what one likes with it. */
export function passes(services: string | readonly string[], beside: readonly string[], how: string): Method {
  return { how, target: 'passed role', onTarget: ['iam:PassRole'], beside, gain: 'target', services: [services].flat() };
}

/** Makes what runs with a role do what one likes. */
export function takesOver(target: Host | CodeSource, onTarget: readonly string[], how: string, beside: readonly string[] = []): Method {
  return { how, target, onTarget, beside, gain: 'target', services: [] };
}

/** Changes who or what an identity is. */
export function changes(target: Target, onTarget: readonly string[], gain: Gain, how: string, beside: readonly string[] = []): Method {
  return { how, target, onTarget, beside, gain, services: [] };
}
