import { tableAccountsKnown } from '../../../src/rules/dynamodb/table-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

const policy = (statement: object) => ({ ResourcePolicy: { PolicyDocument: { Statement: [statement] } } });
const table = {
  resources: (statement: object) => ({ Policy: { Type: 'AWS::DynamoDB::Table', Properties: policy(statement) } }),
  action: 'dynamodb:GetItem',
  found: { at: 'Stack/Policy', property: 'ResourcePolicy.PolicyDocument.Statement.0.Principal' },
};
const { invalid, ...others } = accountCases(table);

testRule(tableAccountsKnown, {
  ...others,
  invalid: {
    ...invalid,
    'another account, of a table in several regions': {
      environment: { account: '111111111111', region: 'eu-west-1' },
      resources: {
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            Replicas: [{ Region: 'eu-west-1' }, { Region: 'eu-west-3', ...policy({ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'dynamodb:GetItem', Resource: '*' }) }],
          },
        },
      },
      findings: [{
        at: 'Stack/Table',
        property: 'Replicas.1.ResourcePolicy.PolicyDocument.Statement.0.Principal',
        message: '`Allow` of `dynamodb:GetItem` on `*` is granted to `222222222222`, expected accounts in `knownAccounts` or a condition on `aws:PrincipalOrgID`',
      }],
    },
  },
});
