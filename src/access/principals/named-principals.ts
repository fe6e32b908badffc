import { identities } from './identities';
import { Principal } from './principal';
import { PolicyPrincipal } from '../../iam/inclusion/policy';
import { AppModel } from '../../model/app-model';
import { AccessStatement } from '../policies/given-statements';

/** Whom the statements of a resource grant something, each once; `account` is its own, which only passes on what it is granted. */
export function namedPrincipals(app: AppModel, statements: readonly AccessStatement[], account: string): readonly Principal[] {
  const found = new Map<string, Principal>();
  for (const { effect, principals } of statements) {
    if (effect !== 'Allow' || !principals) continue;
    // All but some are everybody: who is left out is soon made up for.
    for (const named of principals.negated ? [EVERYBODY] : principals.named) {
      const requester = requesterOf(named);
      if (isAccount(requester, account) || /[*?]/.test(requester.id) && requester.type !== '*') continue;
      found.set(`${requester.type} ${requester.id}`, { requester, identity: identities(app).byArn(requester.id) });
    }
  }
  return [...found.values()];
}

const EVERYBODY: PolicyPrincipal = { type: '*', id: '*' };

function requesterOf({ type, id }: PolicyPrincipal): PolicyPrincipal {
  if (id === '*' && type === 'AWS') return EVERYBODY;
  return type === 'AWS' && /^\d{12}$/.test(id) ? { type, id: `arn:aws:iam::${id}:root` } : { type, id };
}

function isAccount({ type, id }: PolicyPrincipal, account: string): boolean {
  return type === 'AWS' && id === `arn:aws:iam::${account}:root`;
}
