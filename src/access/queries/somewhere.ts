import { Access } from './access';
import { AskedResource } from './asked-resource';
import { instancesOf } from './instances';
import { access } from './question';
import { awsAction } from '../../iam/data/actions';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { Identity } from '../principals/identity';

/** Whether an identity may do something with anything at all of its account that the action can be about. */
export function somewhere(app: AppModel, identity: Identity, action: string): Access {
  const account = identity.arn.split(':')[4];
  const types = awsAction(action)?.resources ?? [];
  const patterns = types.map(({ format }) => format.replace('${Account}', account).replace('${Partition}', 'aws').replace(/\$\{[^}]*\}/g, '*'));
  const statements = identity.about(action).identity.flat();
  const asked: AskedResource = { patterns: patterns.length === 0 ? ['*'] : instancesOf(patterns, statements, names(app).stranger('any')), account, policy: [] };
  return access(app, { requester: identity.requester, identity }, action, asked);
}
