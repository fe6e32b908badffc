import { Access } from './access';
import { AskedResource } from './asked-resource';
import { access } from './question';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { Identity } from '../principals/identity';

/** Whether an identity may do something with anything at all of its account, whatever that is. */
export function somewhere(app: AppModel, identity: Identity, action: string): Access {
  const account = identity.arn.split(':')[4];
  const named = identity.about(action).identity.flat().flatMap(({ effect, resources }) => effect === 'Allow' ? resources?.negated ? ['*'] : resources?.named ?? [] : []);
  const stranger = names(app).stranger('any');
  const [service] = action.split(':');
  const arns = named.map(text => text === '*' ? `arn:aws:${service}:*:${account}:*` : text).map(text => text.replace(/\*+/g, stranger).replace(/\?/g, 'x'));
  const asked: AskedResource = { patterns: [...new Set(['*', ...arns])], account, policy: [] };
  return access(app, { requester: identity.requester, identity }, action, asked);
}
