import { repositoryAccountsKnown } from '../../../src/rules/ecr/repository-accounts-known';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const repository = (Principal: unknown, more: object = {}) => ({
  Repository: {
    Type: 'AWS::ECR::Repository',
    Properties: { RepositoryPolicyText: { Statement: [{ Effect: 'Allow', Principal, Action: 'ecr:BatchGetImage', ...more }] } },
  },
});
const organization = (id: unknown) => ({ Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } });
const found = (accounts: string) => [{
  at: 'Stack/Repository',
  property: 'RepositoryPolicyText.Statement.0.Principal',
  message: `\`Allow\` of \`ecr:BatchGetImage\` is granted to ${accounts}, expected accounts in \`knownAccounts\` or a condition on \`aws:PrincipalOrgID\``,
}];

testRule(repositoryAccountsKnown, {
  valid: {
    'the own account': { resources: repository({ AWS: '111111111111' }), environment: OWN },
    'the account of the stack, whichever that is': { resources: repository({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }) },
    'a known account': { resources: repository({ AWS: '222222222222' }), environment: OWN, options: { knownAccounts: ['222222222222'] } },
    'an account of the organization': { resources: repository({ AWS: '222222222222' }, organization('o-a1b2c3d4e5')), environment: OWN },
    'everybody, of which another rule speaks': { resources: repository('*'), environment: OWN },
    'Lambda, which pulls images for its functions': { resources: repository({ Service: 'lambda.amazonaws.com' }), environment: OWN },
    'another account, to which it is denied': { resources: repository({ AWS: '222222222222' }, { Effect: 'Deny' }), environment: OWN },
  },
  unknown: {
    'an account, in a stack for any account': { resources: repository({ AWS: '222222222222' }), findings: found('`222222222222`') },
    'an account that a parameter names': {
      sections: { Parameters: { Partner: { Type: 'String' } } },
      environment: OWN,
      resources: repository({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Partner}:root' } }),
      findings: found('`arn:aws:iam::${parameter Partner}:root`'),
    },
  },
  invalid: {
    'another account': { resources: repository({ AWS: '222222222222' }), environment: OWN, findings: found('`222222222222`') },
    'a role of another account, among others': {
      resources: repository({ AWS: ['111111111111', 'arn:aws:iam::222222222222:role/partner'] }),
      environment: OWN,
      findings: found('`111111111111`, `arn:aws:iam::222222222222:role/partner`'),
    },
    'another account of any organization': { resources: repository({ AWS: '222222222222' }, organization('*')), environment: OWN, findings: found('`222222222222`') },
  },
});
