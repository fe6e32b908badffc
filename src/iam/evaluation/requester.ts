import { Formula } from './formula';
import { Requester, RequesterKind } from './request';
import { hasSymbol } from '../inclusion/policy';

/** The account that a principal is, by its number or its root user. */
export function accountNamed(id: string): string | undefined {
  return /^(?:arn:[^:]*:iam::([^:]+):root|(\d{12}))$/.exec(id)?.slice(1).find(each => each !== undefined);
}

export function accountOf({ account, type, id, role }: Requester): string | undefined {
  return account ?? (type === 'AWS' ? [id, role ?? ''].map(arn => /^arn:[^:]*:(?:iam|sts)::([^:]+):/.exec(arn)?.[1]).find(each => each) : undefined);
}

export function kindOf({ kind, type, id }: Requester): RequesterKind {
  if (kind) return kind;
  if (type === 'Service') return 'service';
  if (type === '*') return 'anybody';
  const [, resource = ''] = type === 'AWS' ? /^arn:[^:]*:(?:iam|sts)::[^:]*:(root$|[a-z-]+(?=\/))/.exec(id) ?? [] : [];
  return KINDS[resource] ?? 'other';
}

const KINDS: Readonly<Record<string, RequesterKind>> = {
  'root': 'root', 'user': 'user', 'role': 'role', 'assumed-role': 'session', 'federated-user': 'federated-user',
};

/** Whether two accounts are one. Where deployment decides which account it is, that is so for all that it creates. */
export function sameAccount(one: string | undefined, other: string | undefined): Formula {
  if (one !== undefined && one === other) return Formula.TRUE;
  const isOpen = one === undefined || other === undefined || hasSymbol(one) || hasSymbol(other);
  return isOpen ? Formula.depending({ name: JSON.stringify(['account', ...[one ?? '', other ?? ''].sort()]), about: 'deployment' }) : Formula.FALSE;
}

/** Whether the policies of an organization say what it may do: of services and of those who don't say who they are, they don't. */
export function isInOrganization(principal: Requester): boolean {
  return !['service', 'anybody', 'other'].includes(kindOf(principal));
}

/** Whether it is a role that is linked to a service, which the policies of organizations don't limit. */
export function isLinkedToService({ id, role }: Requester): boolean {
  return [id, role].some(arn => arn?.includes(':role/aws-service-role/'));
}
