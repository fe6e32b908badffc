import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureFunction } from '../../../src';
import { failuresKept } from '../../../src/rules/lambda/failures-kept';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function onSchedule(stack: Stack, fn: lambda.IFunction): void {
  new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(fn)] });
}

const NOT_SET = {
  at: 'Stack/Fn/Resource',
  property: 'DeadLetterConfig',
  message: 'dead-letter queue is `(not set)` and no destination for failures is set, expected one of them',
};

testRule(failuresKept, {
  valid: {
    'a dead-letter queue': { app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', { ...CODE, deadLetterQueueEnabled: true })) },
    'a destination': {
      app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', { ...CODE, onFailure: new SqsDestination(new sqs.Queue(stack, 'Failures')) })),
    },
    'a destination of the alias that is invoked': {
      app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', CODE).addAlias('live', { onFailure: new SqsDestination(new sqs.Queue(stack, 'Failures')) })),
    },
    'a dead-letter queue of the function whose alias is invoked': {
      app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', { ...CODE, deadLetterQueueEnabled: true }).addAlias('live')),
    },
    'a function that a queue invokes': { app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))) },
    'a function that nothing invokes': { app: stack => void new lambda.Function(stack, 'Fn', CODE) },
    'the handler of a custom resource': {
      app: stack => void new CustomResource(stack, 'Custom', { serviceToken: new lambda.Function(stack, 'Fn', CODE).functionArn }),
    },
    'handlers of the CDK\'s own': { app: stack => void new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
    'a SecureFunction': { app: stack => onSchedule(stack, new SecureFunction(stack, 'Fn', CODE)) },
  },
  unknown: {
    'a destination of an alias that isn\'t known': {
      sections: { Parameters: { Alias: { Type: 'String' } } },
      resources: {
        Fn: { Type: 'AWS::Lambda::Function' },
        Config: {
          Type: 'AWS::Lambda::EventInvokeConfig',
          Properties: { FunctionName: { Ref: 'Fn' }, Qualifier: { Ref: 'Alias' }, DestinationConfig: { OnFailure: { Destination: 'arn' } } },
        },
        Subscription: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: { 'Fn::GetAtt': ['Fn', 'Arn'] } } },
      },
      findings: [{ ...NOT_SET, at: 'Stack/Fn' }],
    },
    'a dead-letter queue by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { DeadLetterConfig: { 'Fn::If': ['IsLive', { TargetArn: 'arn' }, { Ref: 'AWS::NoValue' }] } } },
        Subscription: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: { 'Fn::GetAtt': ['Fn', 'Arn'] } } },
      },
      findings: [{ ...NOT_SET, at: 'Stack/Fn', message: 'dead-letter queue is `arn or (not set)` and no destination for failures is set, expected one of them' }],
    },
  },
  invalid: {
    'a schedule': {
      app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', CODE)),
      findings: [{ ...NOT_SET, reasons: ['Stack/Rule/Resource invokes it and doesn\'t wait'] }],
    },
    'a bucket, through the CDK\'s custom resource': {
      app: stack => void new s3.Bucket(stack, 'Bucket').addObjectCreatedNotification(new LambdaDestination(new lambda.Function(stack, 'Fn', CODE))),
      findings: [{ ...NOT_SET, reasons: ['Stack/Bucket/Notifications/Resource invokes it and doesn\'t wait'] }],
    },
    'a destination of the function whose alias is invoked': {
      app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', { ...CODE, onFailure: new SqsDestination(new sqs.Queue(stack, 'Failures')) }).addAlias('live')),
      findings: [{ ...NOT_SET, reasons: ['Stack/Rule/Resource invokes Stack/Fn/Aliaslive/Resource and doesn\'t wait'] }],
    },
    'a destination for successes alone': {
      app: stack => onSchedule(stack, new lambda.Function(stack, 'Fn', { ...CODE, onSuccess: new SqsDestination(new sqs.Queue(stack, 'Done')) })),
      findings: [NOT_SET],
    },
  },
});
