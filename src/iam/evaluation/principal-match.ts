import { Formula } from './formula';
import { Requester } from './request';
import { accountNamed, accountOf, kindOf, sameAccount } from './requester';
import { Chosen, PolicyPrincipal } from '../inclusion/policy';

/**
 * In which way a statement names who asks, since it matters for what else it takes:
 * - `everybody`: all there are, or all but some
 * - `account`: the account, which may pass on what it is granted to its identities
 * - `role`: the role of a session
 * - `self`: the user, the session or the service itself
 */
export type Naming = 'everybody' | 'account' | 'role' | 'self';

/**
 * Whether an element `Principal` or `NotPrincipal` means who asks, by the way in which it does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namings({ named, negated }: Chosen<PolicyPrincipal>, asking: Requester): ReadonlyMap<Naming, Formula> {
  const found = named.flatMap(each => {
    const naming = namingOf(each, asking);
    return naming && naming[1] !== Formula.FALSE ? [naming] : [];
  });
  if (negated) return new Map([['everybody', exempts(found, asking, named).not()]]);
  const ways = new Map<Naming, Formula>();
  for (const [naming, formula] of found) ways.set(naming, Formula.any([ways.get(naming) ?? Formula.FALSE, formula]));
  return ways;
}

function namingOf(principal: PolicyPrincipal, asking: Requester): readonly [Naming, Formula] | undefined {
  const { type, id } = principal;
  if (id === '*' && (type === '*' || type === 'AWS')) return ['everybody', Formula.TRUE];
  if (type !== asking.type) return undefined;
  if (/[*?]/.test(id)) return ['self', undocumented(`${type} ${id}`, asking)];
  if (id === asking.id) return [kindOf(asking) === 'role' ? 'role' : kindOf(asking) === 'root' ? 'account' : 'self', Formula.TRUE];
  if (type !== 'AWS') return undefined;
  const account = accountNamed(id) ?? (id === accountOf(asking) ? id : undefined);
  if (account !== undefined) return ['account', sameAccount(account, accountOf(asking))];
  if (kindOf(asking) === 'session' && isRoleOf(id, asking)) return ['role', Formula.TRUE];
  // Of a role one of whose sessions is named, it is up to which session asks.
  if (kindOf(asking) === 'role' && sessionOf(id, asking)) return ['self', Formula.depending({ name: `session ${id}`, about: 'request' })];
  return undefined;
}

/** Whom `NotPrincipal` leaves out: those named by the identity, its role and its account alike. What becomes of others that are named in part isn't documented. */
function exempts(found: readonly (readonly [Naming, Formula])[], asking: Requester, named: readonly PolicyPrincipal[]): Formula {
  if (found.length === 0) return Formula.FALSE;
  const ways = new Set(found.filter(([, formula]) => formula === Formula.TRUE).map(([naming]) => naming));
  if (ways.has('everybody') || asking.type !== 'AWS') return Formula.TRUE;
  const kind = kindOf(asking);
  const needed: readonly Naming[] = kind === 'root' ? ['account'] : kind === 'role' ? ['role', 'account'] : kind === 'session' ? ['self', 'role', 'account']
    : ['self', 'account'];
  return needed.every(each => ways.has(each)) ? Formula.TRUE : undocumented(JSON.stringify(named), asking);
}

function undocumented(named: string, { id }: Requester): Formula {
  return Formula.depending({ name: `${named}\n${id}`, about: 'AWS' });
}

const ROLE = /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/;
const SESSION = /^arn:([^:]*):sts::([^:]*):assumed-role\/([^/]+)\/[^/]+$/;

/** Whether a role is that of a session. */
function isRoleOf(id: string, { id: session, role }: Requester): boolean {
  if (role !== undefined) return id === role;
  return sameRole(ROLE.exec(id), SESSION.exec(session));
}

function sessionOf(id: string, { id: role }: Requester): boolean {
  return sameRole(ROLE.exec(role), SESSION.exec(id));
}

/** Names of roles are unique in an account, whatever their paths. */
function sameRole(role: RegExpExecArray | null, session: RegExpExecArray | null): boolean {
  return role !== null && session !== null && role.slice(1).join() === session.slice(1, 4).join();
}
