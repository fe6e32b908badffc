import { keyAccountsKnown } from '../../../src/rules/kms/key-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

testRule(keyAccountsKnown, accountCases({
  resources: statement => ({
    Policy: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [statement] } } },
  }),
  action: 'kms:Decrypt',
  found: { at: 'Stack/Policy', property: 'KeyPolicy.Statement.0.Principal' },
}));
