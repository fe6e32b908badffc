import { statementsOf } from './policy-document';
import { Statement } from './statement';
import { AppModel, view } from '../model/app-model';
import { isFrameworkManaged } from '../model/framework';
import { Resource } from '../model/resource';

const byRole = view(() => new Map<Resource, readonly Statement[]>());

/** The statements that say who may assume a role of the app. */
export function trustOf(app: AppModel, role: Resource): readonly Statement[] {
  const known = byRole(app).get(role) ?? statementsOf(role, 'AssumeRolePolicyDocument');
  byRole(app).set(role, known);
  return known;
}

/** The statements by which somebody may assume roles of the app, but those that the CDK made for its own work. */
export const trusts = view((app): readonly Statement[] => app.ofType('AWS::IAM::Role')
  .filter(role => !isFrameworkManaged(role)).flatMap(role => trustOf(app, role)).filter(({ allows }) => allows !== 'no'));
