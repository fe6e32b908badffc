import { Access } from './access';
import { AskedResource } from './asked-resource';
import { grantIndex } from './grant-index';
import { access } from './question';
import { AppModel } from '../../model/app-model';
import { namedPrincipals } from '../principals/named-principals';
import { Principal } from '../principals/principal';

/** Everybody who may do something with a resource, or may turn out to, as the policies of the app say. */
export function whoCan(app: AppModel, action: string, asked: AskedResource): readonly Access[] {
  const granted = [...grantIndex(app).grantees(action, asked.patterns)].map((identity): Principal => ({ requester: identity.requester, identity }));
  const named = namedPrincipals(app, asked.policy, asked.account ?? '').filter(({ identity }) => !granted.some(other => other.identity === identity && identity));
  return [...named, ...granted].map(principal => access(app, principal, action, asked)).filter(({ answer }) => answer !== 'denied');
}
