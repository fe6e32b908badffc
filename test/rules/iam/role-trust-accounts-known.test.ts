import * as iam from 'aws-cdk-lib/aws-iam';
import { roleTrustAccountsKnown } from '../../../src/rules/iam/role-trust-accounts-known';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const trusting = (Principal: unknown, more: object = {}) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }] } } },
});
const condition = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });
const found = (accounts: string) => [{
  at: 'Stack/Role',
  property: 'AssumeRolePolicyDocument.Statement.0.Principal',
  message: `whoever ${accounts} lets may assume the role, expected accounts in \`knownAccounts\`, a named role, or a condition on \`sts:ExternalId\` or \`aws:PrincipalOrgID\``,
}];

testRule(roleTrustAccountsKnown, {
  valid: {
    'the own account': { resources: trusting({ AWS: '111111111111' }), environment: OWN },
    'the account of the stack, whichever that is': { app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }) },
    'a known account': { resources: trusting({ AWS: '222222222222' }), environment: OWN, options: { knownAccounts: ['222222222222'] } },
    'another account that names what was agreed upon': {
      resources: trusting({ AWS: '222222222222' }, condition('StringEquals', 'sts:ExternalId', 'a1b2c3')), environment: OWN,
    },
    'what was agreed upon, from a parameter': {
      sections: { Parameters: { Word: { Type: 'String' } } },
      resources: trusting({ AWS: '222222222222' }, condition('StringEquals', 'sts:ExternalId', { Ref: 'Word' })),
      environment: OWN,
    },
    'another account of the organization': {
      resources: trusting({ AWS: '222222222222' }, condition('StringEquals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5')), environment: OWN,
    },
    'people of another account with a second factor': {
      resources: trusting({ AWS: '222222222222' }, condition('Bool', 'aws:MultiFactorAuthPresent', 'true')), environment: OWN,
    },
    'a role of another account': { resources: trusting({ AWS: 'arn:aws:iam::222222222222:role/deployer' }), environment: OWN },
    'a service': { resources: trusting({ Service: 'lambda.amazonaws.com' }), environment: OWN },
    'everybody, of which another rule speaks': { resources: trusting('*'), environment: OWN },
  },
  unknown: {
    'an account, in a stack for any account': { resources: trusting({ AWS: '222222222222' }), findings: found('`222222222222`') },
    'an account that a parameter names': {
      sections: { Parameters: { Partner: { Type: 'String' } } },
      environment: OWN,
      resources: trusting({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Partner}:root' } }),
      findings: found('`arn:aws:iam::${parameter Partner}:root`'),
    },
  },
  invalid: {
    'another account': { resources: trusting({ AWS: '222222222222' }), environment: OWN, findings: found('`222222222222`') },
    'another account by its ARN': { resources: trusting({ AWS: 'arn:aws:iam::222222222222:root' }), environment: OWN, findings: found('`arn:aws:iam::222222222222:root`') },
    'another account that may leave out what was agreed upon': {
      resources: trusting({ AWS: '222222222222' }, condition('StringEqualsIfExists', 'sts:ExternalId', 'a1b2c3')), environment: OWN, findings: found('`222222222222`'),
    },
    'people who may leave out the second factor': {
      resources: trusting({ AWS: '222222222222' }, condition('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true')), environment: OWN, findings: found('`222222222222`'),
    },
    'any organization': {
      resources: trusting({ AWS: '222222222222' }, condition('StringLike', 'aws:PrincipalOrgID', '*')), environment: OWN, findings: found('`222222222222`'),
    },
  },
});
