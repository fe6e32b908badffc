import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { deadLetterRetention } from '../../../src/rules/sqs/dead-letter-retention';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function queues(failures: object, ...senders: object[]) {
  return {
    Failures: { Type: 'AWS::SQS::Queue', Properties: failures },
    ...Object.fromEntries(senders.map((sender, index) => [`Queue${index}`, {
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Failures', 'Arn'] } }, ...sender },
    }])),
  };
}

const message = (kept: string) => `messages are kept for \`${kept}\` s, expected longer than in the queue they come from, or \`1209600\` s`;

testRule(deadLetterRetention, {
  valid: {
    'a second longer': { resources: queues({ MessageRetentionPeriod: 101 }, { MessageRetentionPeriod: 100 }) },
    'longer than the default': { resources: queues({ MessageRetentionPeriod: 345_601 }, {}) },
    'the most for both': { resources: queues({ MessageRetentionPeriod: 1_209_600 }, { MessageRetentionPeriod: 1_209_600 }) },
    'FIFO queues, which count anew': { resources: queues({ FifoQueue: true }, { FifoQueue: true }) },
    'failures that don\'t come from a queue': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, deadLetterQueueEnabled: true }) },
  },
  unknown: {
    'a period from a parameter': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: queues({ MessageRetentionPeriod: { Ref: 'Seconds' } }, {}),
      findings: [{ at: 'Stack/Failures', property: 'MessageRetentionPeriod', message: message('${parameter Seconds}') }],
    },
  },
  invalid: {
    'the same as one of two queues': {
      resources: queues({ MessageRetentionPeriod: 100 }, { MessageRetentionPeriod: 99 }, { MessageRetentionPeriod: 100 }),
      findings: [{ at: 'Stack/Failures', property: 'MessageRetentionPeriod', message: message('100'), reasons: ['Stack/Queue1 keeps them for 100 s'] }],
    },
    'a second less than the most': {
      resources: queues({ MessageRetentionPeriod: 1_209_599 }, { MessageRetentionPeriod: 1_209_600 }),
      findings: [{ at: 'Stack/Failures', property: 'MessageRetentionPeriod', message: message('1209599') }],
    },
    'real queues with defaults': {
      app: stack => void new sqs.Queue(stack, 'Queue', {
        visibilityTimeout: Duration.minutes(1), deadLetterQueue: { queue: new sqs.Queue(stack, 'Failures'), maxReceiveCount: 5 },
      }),
      findings: [{ at: 'Stack/Failures/Resource', property: 'MessageRetentionPeriod', message: message('345600') }],
    },
  },
});
