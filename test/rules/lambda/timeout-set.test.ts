import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { timeoutSet } from '../../../src/rules/lambda/timeout-set';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const NOT_SET = { property: 'Timeout', message: 'timeout is `(not set)`, expected a number of seconds that somebody chose' };

testRule(timeoutSet, {
  valid: {
    'a timeout': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, timeout: Duration.seconds(3) }) },
    'a timeout from a parameter': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: { Ref: 'Seconds' } } } },
    },
    'functions of the CDK\'s own': { app: stack => void new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
  },
  unknown: {
    'a timeout by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: { 'Fn::If': ['IsLive', 5, { Ref: 'AWS::NoValue' }] } } } },
      findings: [{ at: 'Stack/Fn', property: 'Timeout', message: 'timeout is `5 or (not set)`, expected a number of seconds that somebody chose' }],
    },
  },
  invalid: {
    'a function of the CDK with its defaults': { app: stack => void new lambda.Function(stack, 'Fn', CODE), findings: [{ at: 'Stack/Fn/Resource', ...NOT_SET }] },
    'a function without properties': { resources: { Fn: { Type: 'AWS::Lambda::Function' } }, findings: [{ at: 'Stack/Fn', ...NOT_SET }] },
  },
});
