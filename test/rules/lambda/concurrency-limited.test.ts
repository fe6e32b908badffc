import { RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { concurrencyLimited } from '../../../src/rules/lambda/concurrency-limited';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const fn = (properties: object) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: properties } });
const PROPERTY = 'ReservedConcurrentExecutions';
const message = (value: string) => `reserved concurrency is \`${value}\`, expected a number of executions that may run at once`;

testRule(concurrencyLimited, {
  valid: {
    'a reservation': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, reservedConcurrentExecutions: 10 }) },
    'a function that is switched off': { resources: fn({ ReservedConcurrentExecutions: 0 }) },
    'a function of a capacity provider': { resources: fn({ CapacityProviderConfig: {} }) },
    'a function at the edge, which can reserve nothing': {
      resources: {
        ...fn({}),
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
        Distribution: {
          Type: 'AWS::CloudFront::Distribution',
          Properties: { DistributionConfig: { DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: { Ref: 'Version' } }] } } },
        },
      },
    },
    'functions of the CDK\'s own': { app: stack => void new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Reserved: { Type: 'Number' } } },
      resources: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }),
      findings: [{ at: 'Stack/Fn', property: PROPERTY, message: message('${parameter Reserved}') }],
    },
  },
  invalid: {
    'a function of the CDK with its defaults': {
      app: stack => void new lambda.Function(stack, 'Fn', CODE), findings: [{ at: 'Stack/Fn/Resource', property: PROPERTY, message: message('(not set)') }],
    },
    'a reservation that is none': { resources: fn({ ReservedConcurrentExecutions: -1 }), findings: [{ at: 'Stack/Fn', property: PROPERTY, message: message('-1') }] },
    'a reservation of no value': {
      resources: fn({ ReservedConcurrentExecutions: { Ref: 'AWS::NoValue' } }), findings: [{ at: 'Stack/Fn', property: PROPERTY, message: message('(not set)') }],
    },
  },
});
