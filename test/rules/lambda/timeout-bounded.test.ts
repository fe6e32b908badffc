import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { timeoutBounded } from '../../../src/rules/lambda/timeout-bounded';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const fn = (Timeout: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout } } });

testRule(timeoutBounded, {
  valid: {
    '300 s': { resources: fn(300) },
    'the default': { resources: { Fn: { Type: 'AWS::Lambda::Function' } } },
    'what the user allows': { resources: fn(900), options: { seconds: 900 } },
    'functions of the CDK\'s own': { app: stack => void new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: fn({ Ref: 'Seconds' }),
      findings: [{ at: 'Stack/Fn', property: 'Timeout', message: 'the function may run for `${parameter Seconds}` s, expected at most `300` s' }],
    },
  },
  invalid: {
    '301 s': { resources: fn(301), findings: [{ at: 'Stack/Fn', property: 'Timeout', message: 'the function may run for `301` s, expected at most `300` s' }] },
    '61 s where 60 are allowed': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, timeout: Duration.seconds(61) }),
      options: { seconds: 60 },
      findings: [{ at: 'Stack/Fn/Resource', property: 'Timeout', message: 'the function may run for `61` s, expected at most `60` s' }],
    },
  },
});
