import { repositoryAccountsKnown } from '../../../src/rules/ecr/repository-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

testRule(repositoryAccountsKnown, accountCases({
  resources: statement => ({
    Policy: { Type: 'AWS::ECR::Repository', Properties: { RepositoryPolicyText: { Statement: [statement] } } },
  }),
  action: 'ecr:BatchGetImage',
  found: { at: 'Stack/Policy', property: 'RepositoryPolicyText.Statement.0.Principal' },
}));
