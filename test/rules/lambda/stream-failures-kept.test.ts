import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureFunction } from '../../../src';
import { streamFailuresKept } from '../../../src/rules/lambda/stream-failures-kept';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const STREAM = { startingPosition: lambda.StartingPosition.LATEST };

function read(properties: object) {
  return {
    Fn: { Type: 'AWS::Lambda::Function' },
    Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Fn' }, ...properties } },
  };
}

const KINESIS = 'arn:aws:kinesis:eu-west-1:111122223333:stream/orders';
const NOT_SET = { at: 'Stack/Mapping', property: 'DestinationConfig', message: 'destination for failures is `(not set)`, expected a queue, topic or bucket' };

testRule(streamFailuresKept, {
  valid: {
    'a destination': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(
        new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { ...STREAM, onFailure: new SqsDlq(new sqs.Queue(stack, 'Failures')) })),
    },
    'a queue, which has none': { app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))) },
    'a broker, which has none': { resources: read({ EventSourceArn: 'arn:aws:mq:eu-west-1:111122223333:broker:b' }) },
    'a SecureFunction': { app: stack => new SecureFunction(stack, 'Fn', CODE).addEventSource(new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), STREAM)) },
  },
  unknown: {
    'a destination by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: read({ EventSourceArn: KINESIS, DestinationConfig: { 'Fn::If': ['IsLive', { OnFailure: { Destination: 'arn' } }, { Ref: 'AWS::NoValue' }] } }),
      findings: [{ ...NOT_SET, message: 'destination for failures is `arn or (not set)`, expected a queue, topic or bucket' }],
    },
  },
  invalid: {
    'a stream': { resources: read({ EventSourceArn: KINESIS }), findings: [{ ...NOT_SET, reasons: ['records go to Stack/Fn'] }] },
    'a table': { resources: read({ EventSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/s' }), findings: [NOT_SET] },
    'a cluster': { resources: read({ EventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/c' }), findings: [NOT_SET] },
    'a cluster of one\'s own': { resources: read({ SelfManagedEventSource: { Endpoints: {} } }), findings: [NOT_SET] },
    'a destination for successes alone': { resources: read({ EventSourceArn: KINESIS, DestinationConfig: { OnSuccess: { Destination: 'arn' } } }), findings: [NOT_SET] },
  },
});
