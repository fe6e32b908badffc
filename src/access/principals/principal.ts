import { Identity } from './identity';
import { Requester } from '../../iam/evaluation/request';

/** Who may ask for something: an identity of the app, or whom a policy names beside them. */
export interface Principal {
  readonly requester: Requester;
  /** Unless it is no role or user that the app knows. */
  readonly identity?: Identity;
}

/** What sort of principal it is, in the words of a report. */
export type PrincipalKind = 'role' | 'user' | 'group' | 'service' | 'account' | 'everybody' | 'federated' | 'other';

export function kindOfPrincipal({ identity, requester: { type, id } }: Principal): PrincipalKind {
  if (identity) return identity.kind;
  if (id === '*' && (type === '*' || type === 'AWS')) return 'everybody';
  if (type === 'Service') return 'service';
  if (type === 'Federated') return 'federated';
  if (type !== 'AWS') return 'other';
  if (/:root$|^\d{12}$/.test(id)) return 'account';
  return /:(?:role|assumed-role)\//.test(id) ? 'role' : /:user\//.test(id) ? 'user' : 'other';
}
