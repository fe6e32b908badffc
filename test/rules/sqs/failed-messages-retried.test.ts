import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { failedMessagesRetried } from '../../../src/rules/sqs/failed-messages-retried';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function read(redrive: object | undefined, mapping: object = { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }) {
  return {
    Queue: { Type: 'AWS::SQS::Queue', Properties: redrive ? { RedrivePolicy: redrive } : {} },
    Fn: { Type: 'AWS::Lambda::Function' },
    Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Fn' }, ...mapping } },
  };
}

const PROPERTY = 'RedrivePolicy.maxReceiveCount';

testRule(failedMessagesRetried, {
  valid: {
    'five attempts': { resources: read({ maxReceiveCount: 5 }) },
    'no redrive policy': { resources: read(undefined) },
    'a queue that no function reads': { resources: read({ maxReceiveCount: 1 }, {}) },
    'fewer where the user wants it': { resources: read({ maxReceiveCount: 3 }), options: { receives: 3 } },
  },
  unknown: {
    'a count from a parameter': {
      sections: { Parameters: { Count: { Type: 'Number' } } },
      resources: read({ maxReceiveCount: { Ref: 'Count' } }),
      findings: [{ at: 'Stack/Queue', property: PROPERTY, message: 'messages are set aside after `${parameter Count}` attempts, expected at least `5`' }],
    },
  },
  invalid: {
    'four attempts': {
      resources: read({ maxReceiveCount: 4 }),
      findings: [{
        at: 'Stack/Queue',
        property: PROPERTY,
        message: 'messages are set aside after `4` attempts, expected at least `5`',
        reasons: ['messages go to Stack/Fn'],
      }],
    },
    'a real queue': {
      app: stack => {
        const queue = new sqs.Queue(stack, 'Queue', {
          visibilityTimeout: Duration.minutes(1), deadLetterQueue: { queue: new sqs.Queue(stack, 'Failures'), maxReceiveCount: 1 },
        });
        new lambda.Function(stack, 'Fn', CODE).addEventSource(new SqsEventSource(queue));
      },
      findings: [{ at: 'Stack/Queue/Resource', property: PROPERTY, message: 'messages are set aside after `1` attempts, expected at least `5`' }],
    },
  },
});
