import * as iam from 'aws-cdk-lib/aws-iam';
import { roleTrustNotPublic } from '../../../src/rules/iam/role-trust-not-public';
import { testRule } from '../rule-tester';

const trusting = (Principal: unknown, more: object = {}) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }] } } },
});
const found = [{
  at: 'Stack/Role',
  property: 'AssumeRolePolicyDocument.Statement.0.Principal',
  message: 'everybody may assume the role, expected named principals or a condition on who asks',
}];

testRule(roleTrustNotPublic, {
  valid: {
    'a service': { app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }) },
    'an account': { resources: trusting({ AWS: '222222222222' }) },
    'the organization': { app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.OrganizationPrincipal('o-a1b2c3d4e5') }) },
    'everybody by a name that is asked for': { resources: trusting('*', { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deployer' } } }) },
    'everybody, who is kept out': { resources: trusting('*', { Effect: 'Deny' }) },
  },
  unknown: {
    'a principal from a parameter': {
      sections: { Parameters: { Who: { Type: 'String' } } }, resources: trusting({ AWS: { Ref: 'Who' } }), findings: found,
    },
    'everybody, if a condition of the template says so': {
      sections: { Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } } },
      resources: trusting({ 'Fn::If': ['IsOpen', '*', { AWS: '222222222222' }] }),
      findings: found,
    },
  },
  invalid: {
    'everybody': { resources: trusting('*'), findings: found },
    'everybody in AWS, among others': { resources: trusting({ AWS: ['222222222222', '*'] }), findings: found },
    'everybody by the CDK': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.AnyPrincipal() }), findings: [{ ...found[0], at: 'Stack/Role/Resource' }],
    },
    'everybody but one': { resources: trusting(undefined, { NotPrincipal: { AWS: '222222222222' } }), findings: [{ ...found[0], property: 'AssumeRolePolicyDocument.Statement.0.NotPrincipal' }] },
    'everybody who knows a word, which is no secret': { resources: trusting('*', { Condition: { StringEquals: { 'sts:ExternalId': 'word' } } }), findings: found },
    'everybody with a tag, which everybody can set': { resources: trusting('*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'ours' } } }), findings: found },
  },
});
