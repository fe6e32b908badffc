import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { visibilityCoversTimeout } from '../../../src/rules/sqs/visibility-covers-timeout';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };

function reading(queue: object, fn: object, mapping: object = {}) {
  return {
    Queue: { Type: 'AWS::SQS::Queue', Properties: queue },
    Reader: { Type: 'AWS::Lambda::Function', Properties: fn },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: QUEUE_ARN, FunctionName: { Ref: 'Reader' }, ...mapping },
    },
  };
}

function message(hidden: string, expected: string, factor = 6): string {
  return `messages reappear after \`${hidden}\` s, expected at least \`${expected}\` s: ${factor} timeouts of their reader, and the batching window`;
}

testRule(visibilityCoversTimeout, {
  valid: {
    'six times the timeout': { resources: reading({ VisibilityTimeout: 60 }, { Timeout: 10 }) },
    'the default of both': { resources: reading({}, {}) },
    'six times the timeout plus the window': { resources: reading({ VisibilityTimeout: 65 }, { Timeout: 10 }, { MaximumBatchingWindowInSeconds: 5 }) },
    'numbers in quotes': { resources: reading({ VisibilityTimeout: '60' }, { Timeout: '10' }) },
    'a smaller factor where the user wants it': { resources: reading({ VisibilityTimeout: 20 }, { Timeout: 10 }), options: { factor: 2 } },
    'a queue nobody reads': { resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 0 } } } },
    'a reader of another app': { resources: reading({ VisibilityTimeout: 0 }, {}, { FunctionName: 'elsewhere' }) },
    'a timeout from either of two allowed values': {
      sections: { Parameters: { Seconds: { Type: 'Number', AllowedValues: [5, 10] } } },
      resources: reading({ VisibilityTimeout: 60 }, { Timeout: { Ref: 'Seconds' } }),
    },
  },
  unknown: {
    'a timeout from a parameter without default': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: reading({ VisibilityTimeout: 60 }, { Timeout: { Ref: 'Seconds' } }),
      findings: [{ at: 'Stack/Queue', property: 'VisibilityTimeout', message: message('60', '${parameter Seconds}') }],
    },
    'one of two allowed values that is too long': {
      sections: { Parameters: { Seconds: { Type: 'Number', AllowedValues: [10, 11] } } },
      resources: reading({ VisibilityTimeout: 60 }, { Timeout: { Ref: 'Seconds' } }),
      findings: [{ at: 'Stack/Queue', property: 'VisibilityTimeout', message: message('60', '60 or 66') }],
    },
  },
  invalid: {
    'one second less': {
      resources: reading({ VisibilityTimeout: 59 }, { Timeout: 10 }),
      findings: [{
        at: 'Stack/Queue',
        property: 'VisibilityTimeout',
        message: message('59', '60'),
        reasons: ['messages go to Stack/Reader', 'which may take 10 s'],
      }],
    },
    'one second less than timeouts and window': {
      resources: reading({ VisibilityTimeout: 64 }, { Timeout: 10 }, { MaximumBatchingWindowInSeconds: 5 }),
      findings: [{ at: 'Stack/Queue', property: 'VisibilityTimeout', message: message('64', '65') }],
    },
    'a queue of another stack, read through an alias': {
      app: (stack, app) => {
        const queue = new sqs.Queue(new Stack(app, 'Queues'), 'Queue', { visibilityTimeout: Duration.seconds(30) });
        const reader = new lambda.Function(stack, 'Reader', { ...CODE, timeout: Duration.seconds(20) });
        reader.addAlias('live').addEventSource(new SqsEventSource(queue));
      },
      findings: [{ at: 'Queues/Queue/Resource', property: 'VisibilityTimeout', message: message('30', '120') }],
    },
  },
});
