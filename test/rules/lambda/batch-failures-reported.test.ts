import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureFunction } from '../../../src';
import { batchFailuresReported } from '../../../src/rules/lambda/batch-failures-reported';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const STREAM = { startingPosition: lambda.StartingPosition.LATEST };
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:queue';

function read(properties: object) {
  return {
    Fn: { Type: 'AWS::Lambda::Function' },
    Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Fn' }, EventSourceArn: QUEUE, ...properties } },
  };
}

function finding(batch: string, types = '(not set)') {
  return {
    at: 'Stack/Mapping',
    property: 'FunctionResponseTypes',
    message: `response types for batches of \`${batch}\` are \`${types}\`, expected \`ReportBatchItemFailures\``,
  };
}

testRule(batchFailuresReported, {
  valid: {
    'failures of a queue': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'), { reportBatchItemFailures: true })),
    },
    'one message at a time': { resources: read({ BatchSize: 1 }) },
    'a stream that splits its batches': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(
        new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { ...STREAM, bisectBatchOnError: true })),
    },
    'Kafka, which takes no such report': { resources: read({ EventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/c' }) },
    'a SecureFunction': { app: stack => new SecureFunction(stack, 'Fn', CODE).addEventSource(new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), STREAM)) },
  },
  unknown: {
    'a batch size from a parameter': {
      sections: { Parameters: { Size: { Type: 'Number' } } },
      resources: read({ BatchSize: { Ref: 'Size' } }),
      findings: [finding('${parameter Size}')],
    },
    'a report by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: read({ FunctionResponseTypes: { 'Fn::If': ['IsLive', ['ReportBatchItemFailures'], { Ref: 'AWS::NoValue' }] } }),
      findings: [finding('10', '["ReportBatchItemFailures"] or (not set)')],
    },
  },
  invalid: {
    'batches of two': { resources: read({ BatchSize: 2 }), findings: [{ ...finding('2'), reasons: ['batches go to Stack/Fn'] }] },
    'the default of a queue': { resources: read({}), findings: [finding('10')] },
    'the default of a stream': { resources: read({ EventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/s' }), findings: [finding('100')] },
    'a queue that splits, which it can\'t': { resources: read({ BisectBatchOnFunctionError: true }), findings: [finding('10')] },
    'an empty list': { resources: read({ FunctionResponseTypes: [] }), findings: [finding('10', '[]')] },
  },
});
