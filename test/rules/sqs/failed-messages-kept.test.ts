import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { failedMessagesKept } from '../../../src/rules/sqs/failed-messages-kept';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const queue = (properties: object) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: properties } });
const NOT_SET = { at: 'Stack/Queue', property: 'RedrivePolicy', message: 'redrive policy is `(not set)`, expected a dead-letter queue' };

testRule(failedMessagesKept, {
  valid: {
    'a queue and its dead-letter queue of another stack': {
      app: (stack, app) => {
        const failures = new sqs.Queue(new Stack(app, 'Failures'), 'Failures');
        new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: failures, maxReceiveCount: 5 } });
      },
    },
    'a dead-letter queue elsewhere': { resources: queue({ RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:dlq', maxReceiveCount: 5 } }) },
    'a redrive policy as text': { resources: queue({ RedrivePolicy: '{"maxReceiveCount":5}' }) },
    'the dead-letter queue of a function': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, deadLetterQueueEnabled: true }) },
    'one for the failures of other apps': { resources: queue({ RedriveAllowPolicy: { redrivePermission: 'allowAll' } }) },
  },
  unknown: {
    'a policy by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: queue({ RedrivePolicy: { 'Fn::If': ['IsLive', { deadLetterTargetArn: 'arn' }, { Ref: 'AWS::NoValue' }] } }),
      findings: [{ ...NOT_SET, message: 'redrive policy is `{"deadLetterTargetArn":"arn"} or (not set)`, expected a dead-letter queue' }],
    },
  },
  invalid: {
    'a queue without': { resources: queue({}), findings: [NOT_SET] },
    'one that may not take failures of others': { resources: queue({ RedriveAllowPolicy: { redrivePermission: 'denyAll' } }), findings: [NOT_SET] },
    'a real queue': { app: stack => void new sqs.Queue(stack, 'Queue'), findings: [{ ...NOT_SET, at: 'Stack/Queue/Resource' }] },
  },
});
