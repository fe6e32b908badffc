import { admitsEverybody } from '../../iam/anonymous-access';
import { resourceStatements } from '../../iam/resource-policies';
import { any, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const secretNotPublic = defineRule({
  id: 'secretsmanager/secret-not-public',
  severity: Severity.CRITICAL,
  summary: 'No policy lets everybody use a secret',
  rationale: 'Everybody with an AWS account may read the secret if its key lets them, or change or delete it, and what it opens is theirs.',
  remedy: 'Name the roles that may read the secret, or narrow the statement down by a condition on who asks. With `BlockPublicPolicy`, Secrets Manager refuses policies for everybody.',
  fix: 'secret.grantRead(fn);',
  references: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html',
  ],
  peers: { Prowler: ['secretsmanager_not_publicly_accessible'], Terrascan: ['AC_AWS_0501'] },
  compliance: { nist80053: ['AC-3', 'AC-6', 'SC-12'], pciDss: ['7.2.1', '8.6.2'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-7'] },

  *check(app) {
    for (const policy of app.ofType('AWS::SecretsManager::ResourcePolicy')) {
      const isBlocked = policy.get('BlockPublicPolicy').or(false).isTrue;
      for (const statement of resourceStatements(app).get(policy) ?? []) {
        yield {
          resource: policy,
          property: statement.at('Principal'),
          holds: any([isBlocked, not(admitsEverybody(statement))]),
          message: () => `${statement} is granted to everybody, expected named principals or a condition on who asks`,
          reasons: () => policy.get('SecretId').targets.map(secret => ({ resource: secret, text: `this is a policy of ${secret}` })),
        };
      }
    }
  },
});
