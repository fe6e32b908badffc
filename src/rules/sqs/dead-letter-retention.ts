import { atMost, calculated } from '../../model/arithmetic';
import { deadLetterQueues } from '../../model/sqs/dead-letter-queues';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const deadLetterRetention = defineRule({
  id: 'sqs/dead-letter-retention',
  severity: Severity.LOW,
  summary: 'A dead-letter queue keeps messages longer than the queues they come from',
  rationale: 'The age of a message counts from when it was first sent: one that waited three days in its queue stays a single day in a dead-letter queue that '
    + 'keeps four. What failed is gone before somebody has looked at it.',
  remedy: 'Let the dead-letter queue keep messages for 14 days, the most there is.',
  fix: 'new sqs.Queue(this, \'Failures\', { ...props, retentionPeriod: Duration.days(14) });',
  references: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html'],
  peers: {},
  compliance: { nist80053: ['AU-11', 'SI-11'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const queue of deadLetterQueues(app).keys()) {
      const senders = deadLetterQueues(app).get(queue).map(({ user }) => user).filter(({ type }) => type === 'AWS::SQS::Queue');
      // In a FIFO queue, the age counts from when a message arrives.
      if (queue.type !== 'AWS::SQS::Queue' || senders.length === 0 || queue.get('FifoQueue').isTrue === 'yes') continue;

      const kept = queue.get('MessageRetentionPeriod').or(DEFAULT);
      const judged = senders.map(sender => ({ sender, longer: not(atMost(kept, shortOfMost(sender.get('MessageRetentionPeriod').or(DEFAULT)))) }));
      const holds = all(judged.map(({ longer }) => longer));
      yield {
        resource: queue,
        property: 'MessageRetentionPeriod',
        holds,
        message: () => `messages are kept for \`${kept}\` s, expected longer than in the queue they come from, or \`${MOST}\` s`,
        reasons: () => judged.filter(({ longer }) => longer === holds).map(({ sender }) =>
          ({ resource: sender, property: 'MessageRetentionPeriod', text: `${sender} keeps them for ${sender.get('MessageRetentionPeriod').or(DEFAULT)} s` })),
      };
    }
  },
});

const DEFAULT = 345_600;
const MOST = 1_209_600;

/** Nothing is longer than the most there is, which is enough after a queue that has it, too. */
function shortOfMost(retention: ReturnType<typeof calculated>) {
  return calculated([retention], seconds => Math.min(seconds, MOST - 1));
}
