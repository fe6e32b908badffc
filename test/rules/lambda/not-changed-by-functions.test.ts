import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { notChangedByFunctions } from '../../../src/rules/lambda/not-changed-by-functions';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };
const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });

function role(statement: unknown): RuleCase {
  return {
    sections,
    resources: {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }] } },
    },
  };
}

const found = (actions: string, first: string) => [{
  at: 'Stack/Role',
  property: 'Policies.0.PolicyDocument.Statement.0.Action',
  message: `\`${actions}\` lets a function change functions by \`lambda:${first}\`, expected no more than to invoke them`,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];

testRule(notChangedByFunctions, {
  valid: {
    'a plain function': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'invocation': role(allow('lambda:InvokeFunction')),
    'reading': role(allow(['lambda:Get*', 'lambda:List*'])),
    'a denial': role({ ...allow('lambda:*'), Effect: 'Deny' }),
    'an administrator, of whom another rule speaks': role(allow('*')),
    'a pipeline': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') })
        .addToPolicy(new iam.PolicyStatement({ actions: ['lambda:UpdateFunctionCode'], resources: ['*'] })),
    },
  },
  unknown: {
    'an action from a parameter': { ...role(allow({ Ref: 'Any' })), findings: found('${parameter Any}', 'UpdateFunctionCode') },
    'a statement that a condition decides on': {
      ...role({ 'Fn::If': ['Sometimes', allow('lambda:PublishLayerVersion'), { Ref: 'AWS::NoValue' }] }),
      findings: found('lambda:PublishLayerVersion', 'PublishLayerVersion'),
    },
  },
  invalid: {
    'code': { ...role(allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:111122223333:function:x')), findings: found('lambda:UpdateFunctionCode', 'UpdateFunctionCode') },
    'layers, among others': { ...role(allow(['lambda:InvokeFunction', 'lambda:PublishLayerVersion'])), findings: found('lambda:InvokeFunction, lambda:PublishLayerVersion', 'PublishLayerVersion') },
    'all of Lambda': { ...role(allow('lambda:*')), findings: found('lambda:*', 'UpdateFunctionCode') },
  },
});
