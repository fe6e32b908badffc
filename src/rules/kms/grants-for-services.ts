import { functionStatements, actionsByService } from '../../iam/actions-of-functions';
import { Condition } from '../../iam/statement';
import { all, not, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const grantsForServices = defineRule({
  id: 'kms/grants-for-services',
  severity: Severity.LOW,
  summary: 'Functions give grants of keys to services of AWS alone, or to somebody who is named',
  rationale: 'A grant lets somebody else use a key, in whatever account, beside all policies and until it is retired. Mostly a service asks for it, which then uses the key for a resource.',
  remedy: 'Allow `kms:CreateGrant` with a condition on `kms:GrantIsForAWSResource`, or name who gets the grant by `kms:GranteePrincipal`.',
  fix: `fn.addToRolePolicy(new iam.PolicyStatement({
  actions: ['kms:CreateGrant'],
  resources: [key.keyArn],
  conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
}));`,
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource',
  ],
  peers: { 'Control Tower': ['CT.KMS.PR.3'] },
  compliance: { nist80053: ['AC-3', 'AC-6', 'SC-12'], pciDss: ['7.2.2'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const { statement, use: { fn, property }, role, isGranted } of functionStatements(app, CREATION)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Condition'),
        holds: isGranted === 'no' ? 'yes' : not(all([isGranted, not(statement.requires(limitsGrantee))])),
        message: () => `\`${statement.actions}\` lets a function give grants of keys to anybody, expected a condition on \`kms:GrantIsForAWSResource\``,
        reasons: () => [{ resource: fn, property, text: `${fn} has the role ${role}` }],
      };
    }
  },
});

const CREATION = actionsByService(['kms', 'CreateGrant']);

function limitsGrantee({ operator, key, values }: Condition): Verdict {
  if (key === 'kms:grantisforawsresource') return operator === 'Bool' ? values.isTrue : 'no';
  return key === 'kms:granteeprincipal' && /^(?:String|Arn)(?:Equals|Like)$/.test(operator) ? not(values.is('*')) : 'no';
}
