import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { noLateralMovement } from '../../../src/rules/lambda/no-lateral-movement';
import { forEverybody } from '../../access/for-everybody';
import { RuleCase, testRule } from '../rule-tester';

const trusting = (principal: unknown, more: object = {}) => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more }] });
const BY_LAMBDA = trusting({ Service: 'lambda.amazonaws.com' });
const OWN_ROLE = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: BY_LAMBDA } };
const sections = { Parameters: { Any: { Type: 'String' } } };

/** A function with a URL that everybody is permitted to use, and a role with rights in S3. */
function facing(authType: unknown, assumeRolePolicyDocument: object, permissions: Record<string, object> = forEverybody('Fn')): RuleCase {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  return {
    sections,
    resources: {
      Role: OWN_ROLE,
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: 'Fn' }, AuthType: authType } },
      ...permissions,
      Strong: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: assumeRolePolicyDocument, Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }] },
      },
    },
  };
}

const TRUSTED = trusting({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } });
const found = [{
  at: 'Stack/Strong',
  property: 'AssumeRolePolicyDocument.Statement.0.Action',
  message: '`Stack/Fn`, which everybody can call by its URL, may assume `Stack/Strong`, expected no role with more rights',
}];

testRule(noLateralMovement, {
  valid: {
    'a function that assumes nothing': facing('NONE', BY_LAMBDA),
    'one that asks who calls': facing('AWS_IAM', TRUSTED),
    'one that asks nobody and that nobody may call': facing('NONE', TRUSTED, {}),
    'a function without a way in': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', { code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X });
        new iam.Role(stack, 'Role', { assumedBy: fn.role!.grantPrincipal });
      },
    },
    'a role that trusts the account, which leaves it to policies': facing('NONE', trusting({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } })),
  },
  unknown: {
    'an authentication from a parameter': { ...facing({ Ref: 'Any' }, TRUSTED), findings: found },
    'a condition on who assumes': {
      ...facing('NONE', trusting({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })), findings: found,
    },
  },
  invalid: { 'a role that trusts the function': { ...facing('NONE', TRUSTED), findings: found } },
});
