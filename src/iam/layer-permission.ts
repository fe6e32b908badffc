import { statementOf } from './policy-document';
import { Statement } from './statement';
import { Resource } from '../model/resource';

/**
 * The statement that Lambda adds to the policy of a layer version for a permission: to an account or to everybody, or with an organization to
 * those in it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 */
export function ofLayerPermission(permission: Resource): Statement {
  const organization = permission.get('OrganizationId');
  return statementOf(permission, {
    Effect: 'Allow',
    Principal: { AWS: permission.get('Principal') },
    Action: permission.get('Action'),
    ...organization.kind === 'absent' ? {} : { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } },
  }, { Condition: 'OrganizationId' });
}
