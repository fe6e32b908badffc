import { Gained } from './gained';
import { Method } from './method';
import { Identity } from '../principals/identity';
import { AskedResource } from '../queries/asked-resource';
import { Context } from '../queries/question';

/** Something on which a method may be tried, and what it would give. */
export interface Candidate {
  readonly asked: AskedResource;
  readonly gained: Gained;
  readonly context: Context;
  /** Whether the method surely gives that, once all that it needs is allowed. */
  readonly isSure: boolean;
  /** Whoever must have been come to before, beside who acts. */
  readonly through?: readonly Identity[];
}

/** What a request of a method says beside who asks for what, on an identity if it is about one: the worst policy that can be attached. */
export function contextOf({ onTarget }: Method, identity?: Identity, service?: string): Context {
  return {
    ...onTarget.includes('iam:PassRole') ? { 'iam:passedtoservice': service } : {},
    ...onTarget.some(action => action.startsWith('iam:Attach')) ? { 'iam:policyarn': 'arn:aws:iam::aws:policy/AdministratorAccess' } : {},
    ...identity && !identity.policies.boundary ? { 'iam:permissionsboundary': undefined } : {},
  };
}
