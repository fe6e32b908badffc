import { keyAccountsKnown } from '../../../src/rules/kms/key-accounts-known';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const allowed = (Principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*', ...more });
const resources = (principal: unknown, more: object = {}) => {
  const statement = allowed(principal, more);
  return { Policy: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [statement] } } } };
};
const organization = (id: unknown) => ({ Condition: { StringEquals: { 'aws:PrincipalOrgID': id } } });
const found = (accounts: string) => [{
  at: 'Stack/Policy',
  property: 'KeyPolicy.Statement.0.Principal',
  message: `\`Allow\` of \`kms:Decrypt\` on \`*\` is granted to ${accounts}, expected accounts in \`knownAccounts\` or a condition on \`aws:PrincipalOrgID\``,
}];

testRule(keyAccountsKnown, {
  valid: {
    'the own account': { resources: resources({ AWS: '111111111111' }), environment: OWN },
    'the account of the stack, whichever that is': { resources: resources({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }) },
    'a role of the app': { resources: { Role: { Type: 'AWS::IAM::Role' }, ...resources({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }) }, environment: OWN },
    'a known account': { resources: resources({ AWS: '222222222222' }), environment: OWN, options: { knownAccounts: ['222222222222'] } },
    'an account of the organization': { resources: resources({ AWS: '222222222222' }, organization('o-a1b2c3d4e5')), environment: OWN },
    'everybody, of which another rule speaks': { resources: resources('*'), environment: OWN },
    'a service': { resources: resources({ Service: 'events.amazonaws.com' }), environment: OWN },
    'another account, to which it is denied': { resources: resources({ AWS: '222222222222' }, { Effect: 'Deny' }), environment: OWN },
  },
  unknown: {
    'an account, in a stack for any account': { resources: resources({ AWS: '222222222222' }), findings: found('`222222222222`') },
    'an account that a parameter names': {
      sections: { Parameters: { Partner: { Type: 'String' } } },
      environment: OWN,
      resources: resources({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Partner}:root' } }),
      findings: found('`arn:aws:iam::${parameter Partner}:root`'),
    },
  },
  invalid: {
    'another account': { resources: resources({ AWS: '222222222222' }), environment: OWN, findings: found('`222222222222`') },
    'a role of another account, among others': {
      resources: resources({ AWS: ['111111111111', 'arn:aws:iam::222222222222:role/partner'] }),
      environment: OWN,
      findings: found('`111111111111`, `arn:aws:iam::222222222222:role/partner`'),
    },
    'another account of any organization': {
      resources: resources({ AWS: '222222222222' }, organization('*')), environment: OWN, findings: found('`222222222222`'),
    },
  },
});
