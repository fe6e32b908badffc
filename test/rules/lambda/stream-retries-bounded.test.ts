import { Duration } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SecureFunction } from '../../../src';
import { streamRetriesBounded } from '../../../src/rules/lambda/stream-retries-bounded';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const STREAM = { startingPosition: lambda.StartingPosition.LATEST };

function read(properties: object) {
  return {
    Fn: { Type: 'AWS::Lambda::Function' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Fn' }, EventSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/s', ...properties },
    },
  };
}

function finding(attempts: string, age: string) {
  return {
    at: 'Stack/Mapping',
    property: 'MaximumRetryAttempts',
    message: `retries are \`${attempts}\` and the age of records is \`${age}\`, expected a bound for one of them`,
  };
}

testRule(streamRetriesBounded, {
  valid: {
    'no retry at all': { resources: read({ MaximumRetryAttempts: 0 }) },
    'an age': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(
        new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { ...STREAM, maxRecordAge: Duration.minutes(5) })),
    },
    'an age of which nothing is known, beside a bound': { resources: read({ MaximumRetryAttempts: 10, MaximumRecordAgeInSeconds: { Ref: 'Nothing' } }) },
    'a queue': { app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))) },
    'a SecureFunction': { app: stack => new SecureFunction(stack, 'Fn', CODE).addEventSource(new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), STREAM)) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Attempts: { Type: 'Number' } } },
      resources: read({ MaximumRetryAttempts: { Ref: 'Attempts' } }),
      findings: [finding('${parameter Attempts}', '(not set)')],
    },
  },
  invalid: {
    'the defaults': { resources: read({}), findings: [{ ...finding('(not set)', '(not set)'), reasons: ['records go to Stack/Fn'] }] },
    'no bound, by number': { resources: read({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 }), findings: [finding('-1', '-1')] },
  },
});
