import { admitsEverybody } from '../../iam/anonymous-access';
import { resourceStatements } from '../../iam/resource-policies';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const layerNotPublic = defineRule({
  id: 'lambda/layer-not-public',
  severity: Severity.HIGH,
  summary: 'No permission on a layer is for everybody',
  rationale: 'Everybody with an AWS account may download the layer and read what is in it: code of your own, the versions of libraries, and whatever else was packed, such as configuration and keys.',
  remedy: 'Name the accounts that may use the layer, or the organization together with `*`.',
  fix: 'layer.addPermission(\'Ours\', { accountId: \'*\', organizationId: \'o-a1b2c3d4e5\' });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html',
  ],
  peers: { 'Control Tower': ['CT.LAMBDA.PR.4'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6', 'AC-21'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const permission of app.ofType('AWS::Lambda::LayerVersionPermission')) {
      for (const statement of resourceStatements(app).get(permission) ?? []) {
        yield {
          resource: permission,
          property: statement.at('Principal'),
          holds: not(admitsEverybody(statement)),
          message: () => `\`${statement.actions}\` is allowed to everybody, expected an account, or an organization in \`OrganizationId\``,
          reasons: () => permission.get('LayerVersionArn').targets.map(layer => ({ resource: layer, text: `this is a permission on ${layer}` })),
        };
      }
    }
  },
});
