import { deadLetterQueues } from '../../model/sqs/dead-letter-queues';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const failedMessagesKept = defineRule({
  id: 'sqs/failed-messages-kept',
  severity: Severity.MEDIUM,
  summary: 'Messages of a queue that can not be processed are set aside',
  rationale: 'A message that its reader always fails on comes back until it expires, and is lost then. Meanwhile it is paid for each time, keeps room from '
    + 'others, and stops its whole group in a FIFO queue.',
  remedy: 'Give the queue a dead-letter queue. One that takes failures itself needs none.',
  fix: 'new sqs.Queue(this, \'Queue\', { ...props, deadLetterQueue: { queue: failures, maxReceiveCount: 5 } });',
  references: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
  ],
  peers: {
    'cdk-nag': ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    'AWS Control Tower': ['CT.SQS.PR.1'],
    'serverless-rules': ['ES6000'],
  },
  compliance: { nist80053: ['SI-11', 'CP-10'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      // One that lets others redrive to it is for their failures, even if those are of another app.
      const takesFailures = queue.get('RedriveAllowPolicy.redrivePermission').isOneOf(['allowAll', 'byQueue']) !== 'no';
      if (takesFailures || deadLetterQueues(app).has(queue)) continue;

      const policy = queue.get('RedrivePolicy');
      yield {
        resource: queue,
        property: 'RedrivePolicy',
        holds: policy.isSet,
        message: () => `redrive policy is \`${policy}\`, expected a dead-letter queue`,
      };
    }
  },
});
