import { triggers } from '../../model/lambda/triggers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const failedMessagesRetried = defineRule({
  id: 'sqs/failed-messages-retried',
  severity: Severity.LOW,
  summary: 'Messages for a function are tried several times before they are set aside',
  rationale: 'A batch that comes while the function is throttled counts as received although nobody looked at it. With few attempts, a burst alone, be it an '
    + 'attack, sends good messages to the dead-letter queue.',
  remedy: 'Let a message be received at least 5 times, as AWS advises for queues that functions read.',
  fix: 'new sqs.Queue(this, \'Queue\', { ...props, deadLetterQueue: { queue: failures, maxReceiveCount: 5 } });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/sqs-retries.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5', 'SI-11'], csaSas: ['SAS-8'] },
  options: {
    receives: { type: 'number', description: 'How often a message is received at least before it is set aside', default: 5, min: 1, max: 1000 },
  },

  *check(app, { receives }) {
    for (const { fn, resource: mapping, service, source } of triggers(app).all) {
      const queue = service === 'sqs' ? source.target : undefined;
      const count = queue?.get('RedrivePolicy.maxReceiveCount');
      if (!queue || !count || count.isSet === 'no') continue;
      yield {
        resource: queue,
        property: 'RedrivePolicy.maxReceiveCount',
        holds: count.isNumber(number => number >= receives),
        message: () => `messages are set aside after \`${count}\` attempts, expected at least \`${receives}\``,
        reasons: () => [{ resource: mapping, property: 'FunctionName', text: `messages go to ${fn}` }],
      };
    }
  },
});
