import { functionOf } from '../../model/lambda/function-of';
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
  peers: { 'cdk-nag': ['LambdaEventSourceSQSVisibilityTimeout'] },
  compliance: { csaSas: ['SAS-9'] },
  options: {
    factor: { type: 'number', description: 'How many times the timeout of the function a message stays hidden', default: 6, min: 1, max: 12 },
  },

  *check(app, { factor }) {
    for (const mapping of app.ofType('AWS::Lambda::EventSourceMapping')) {
      const queue = mapping.get('EventSourceArn').target;
      const reader = functionOf(mapping.get('FunctionName'));
      if (queue?.type !== 'AWS::SQS::Queue' || !reader) continue;

      const hidden = queue.get('VisibilityTimeout').or(30);
      const timeout = reader.get('Timeout').or(3);
      const window = mapping.get('MaximumBatchingWindowInSeconds').or(0);
      const expected = factor * (timeout.number ?? NaN) + (window.number ?? NaN);
      yield {
        resource: queue,
        property: 'VisibilityTimeout',
        holds: Number.isNaN(expected) ? 'unknown' : hidden.satisfies(value => (value.number ?? 0) >= expected),
        message: () => `messages reappear after \`${hidden}\` s, while their reader may take \`${timeout}\` s, expected at least ${factor} times that`,
        reasons: () => [
          { resource: mapping, property: 'FunctionName', text: `messages go to ${reader}` },
          { resource: reader, property: 'Timeout', text: `which may take ${timeout} s` },
        ],
      };
    }
  },
});
