import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { activeTracing } from '../../../src/rules/lambda/active-tracing';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const tracing = (Mode: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { TracingConfig: { Mode } } } });
const finding = (mode: string) => ({ at: 'Stack/Fn', property: 'TracingConfig.Mode', message: `the tracing mode is \`${mode}\`, expected \`Active\`` });

testRule(activeTracing, {
  valid: {
    'active': { resources: tracing('Active') },
    'active in the CDK': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, tracing: lambda.Tracing.ACTIVE }) },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
    'a function at the edge, which has no tracing': {
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] } }] } },
        },
      },
    },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Mode: { Type: 'String' } } }, resources: tracing({ Ref: 'Mode' }), findings: [finding('${parameter Mode}')],
    },
    'a parameter with two values': {
      sections: { Parameters: { Mode: { Type: 'String', AllowedValues: ['Active', 'PassThrough'] } } },
      resources: tracing({ Ref: 'Mode' }),
      findings: [finding('Active or PassThrough')],
    },
  },
  invalid: {
    'only when the caller traces': { resources: tracing('PassThrough'), findings: [finding('PassThrough')] },
    'the default of the CDK': {
      app: stack => void new lambda.Function(stack, 'Fn', CODE), findings: [{ ...finding('(not set)'), at: 'Stack/Fn/Resource' }],
    },
  },
});
