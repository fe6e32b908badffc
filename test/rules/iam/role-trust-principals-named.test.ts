import * as iam from 'aws-cdk-lib/aws-iam';
import { roleTrustPrincipalsNamed } from '../../../src/rules/iam/role-trust-principals-named';
import { testRule } from '../rule-tester';

const OWN = { account: '111111111111', region: 'eu-west-1' };
const trusting = (Principal: unknown, more: object = {}) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }] } } },
});
const found = (accounts: string, at = 'Stack/Role') => [{
  at,
  property: 'AssumeRolePolicyDocument.Statement.0.Principal',
  message: `all of ${accounts} may assume the role as far as its policies let it, expected named principals or a condition on who asks`,
}];

testRule(roleTrustPrincipalsNamed, {
  valid: {
    'a service': { resources: trusting({ Service: 'lambda.amazonaws.com' }), environment: OWN },
    'a role by its ARN': { resources: trusting({ AWS: 'arn:aws:iam::111111111111:role/deployer' }), environment: OWN },
    'a role of the app': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.Role(stack, 'Deployer', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') }) }),
    },
    'the own account, of which one is asked for': {
      resources: trusting({ AWS: '111111111111' }, { Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/deployer' } } }), environment: OWN,
    },
    'the own account, of which those with a tag are asked for': {
      resources: trusting({ AWS: '111111111111' }, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'ours' } } }), environment: OWN,
    },
    'people of the own account with a second factor': {
      resources: trusting({ AWS: '111111111111' }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } } }), environment: OWN,
    },
    'another account, of which another rule speaks': { resources: trusting({ AWS: '222222222222' }), environment: OWN },
  },
  unknown: {
    'an account, in a stack for any account': { resources: trusting({ AWS: '222222222222' }), findings: found('`222222222222`') },
    'a principal from a parameter': {
      sections: { Parameters: { Who: { Type: 'String' } } }, environment: OWN, resources: trusting({ AWS: { Ref: 'Who' } }), findings: found('`${parameter Who}`'),
    },
  },
  invalid: {
    'the own account': { resources: trusting({ AWS: '111111111111' }), environment: OWN, findings: found('`111111111111`') },
    'the own account by its ARN, among others': {
      resources: trusting({ AWS: ['arn:aws:iam::111111111111:role/deployer', 'arn:aws:iam::111111111111:root'] }),
      environment: OWN,
      findings: found('`arn:aws:iam::111111111111:role/deployer`, `arn:aws:iam::111111111111:root`'),
    },
    'the account of the stack, whichever that is, by the CDK': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
      findings: found('`arn:${AWS::Partition}:iam::${AWS::AccountId}:root`', 'Stack/Role/Resource'),
    },
    'the account of the stack by its number': { resources: trusting({ AWS: { Ref: 'AWS::AccountId' } }), findings: found('`${AWS::AccountId}`') },
    'the own account by any name': {
      resources: trusting({ AWS: '111111111111' }, { Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }), environment: OWN, findings: found('`111111111111`'),
    },
  },
});
