import { secretAccountsKnown } from '../../../src/rules/secretsmanager/secret-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

testRule(secretAccountsKnown, accountCases({
  resources: statement => ({
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Policy: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: { Ref: 'Secret' }, ResourcePolicy: { Statement: [statement] } } },
  }),
  action: 'secretsmanager:GetSecretValue',
  found: { at: 'Stack/Policy', property: 'ResourcePolicy.Statement.0.Principal', reasons: ['this is a policy of Stack/Secret'] },
}));
