import { atMost, calculated } from '../../model/arithmetic';
import { triggers } from '../../model/lambda/triggers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const visibilityCoversTimeout = defineRule({
  id: 'sqs/visibility-covers-timeout',
  severity: Severity.MEDIUM,
  summary: 'Messages stay hidden for as long as the function that reads them may take',
  rationale: 'A message that reappears while it is still worked on is worked on twice, and may end in the dead-letter queue although it was handled.',
  remedy: 'Set the visibility timeout of the queue to at least six times the timeout of the function, plus the batching window.',
  fix: 'new sqs.Queue(this, \'Queue\', { visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()) });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'],
  peers: { 'cdk-nag': ['LambdaEventSourceSQSVisibilityTimeout'], 'cfn-lint': ['E3505'] },
  compliance: { nist80053: ['SC-5'], csaSas: ['SAS-8'] },
  options: {
    factor: { type: 'number', description: 'How many times the timeout of the function a message stays hidden', default: 6, min: 1, max: 12 },
  },

  *check(app, { factor }) {
    for (const { fn, resource: mapping, service, source } of triggers(app).all) {
      const queue = service === 'sqs' ? source.target : undefined;
      if (!queue) continue;

      const hidden = queue.get('VisibilityTimeout').or(30);
      const timeout = fn.get('Timeout').or(3);
      const window = mapping.get('MaximumBatchingWindowInSeconds').or(0);
      const expected = calculated([timeout, window], (seconds, waiting) => factor * seconds + waiting);
      yield {
        resource: queue,
        property: 'VisibilityTimeout',
        holds: atMost(expected, hidden),
        message: () => `messages reappear after \`${hidden}\` s, expected at least \`${expected}\` s: ${factor} timeouts of their reader, and the batching window`,
        reasons: () => [
          { resource: mapping, property: 'FunctionName', text: `messages go to ${fn}` },
          { resource: fn, property: 'Timeout', text: `which may take ${timeout} s` },
        ],
      };
    }
  },
});
