import { trustOf } from '../../iam/trust';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { Verdict } from '../../model/verdict';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';
import { askedResource } from '../queries/asked-resource';
import { access } from '../queries/question';

/** The roles of an app that more than services may assume. */
export const assumableRoles = view((app): readonly Identity[] => identities(app).all.filter(({ kind, resource }) => kind === 'role' && resource
  && trustOf(app, resource).some(({ allows, principals }) => allows !== 'no' && principals.some(({ type }) => type === 'AWS' || type === '*'))));

const known = view(() => new Map<string, Verdict>());

/** Whether a service may assume a role, for what somebody of the same account has it do. */
export function trustsService(app: AppModel, role: Resource, service: string): Verdict {
  const key = `${role.id} ${service}`;
  const found = known(app).get(key) ?? ask(app, role, service);
  known(app).set(key, found);
  return found;
}

function ask(app: AppModel, role: Resource, service: string): Verdict {
  const asked = askedResource(app, role);
  const context = { 'aws:sourceaccount': asked.account };
  const answers = [
    access(app, { requester: { type: 'Service', id: service } }, 'sts:AssumeRole', asked, context),
    // Identity pools are providers of identities by the name of a service.
    access(app, { requester: { type: 'Federated', id: service } }, 'sts:AssumeRoleWithWebIdentity', asked, context),
  ];
  if (answers.some(({ answer, cases }) => answer === 'allowed' && cases.length === 0)) return 'yes';
  return answers.some(({ answer }) => answer !== 'denied') ? 'unknown' : 'no';
}
