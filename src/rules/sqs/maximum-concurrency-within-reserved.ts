import { atMost, calculated } from '../../model/arithmetic';
import { triggers } from '../../model/lambda/triggers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const maximumConcurrencyWithinReserved = defineRule({
  id: 'sqs/maximum-concurrency-within-reserved',
  severity: Severity.MEDIUM,
  summary: 'Queues hand a function no more batches at once than it may process',
  rationale: 'Batches beyond what the function has reserved are throttled and go back to the queue, each time counted as received: messages that nobody ever '
    + 'looked at end up in the dead-letter queue.',
  remedy: 'Reserve at least as much concurrency as all queues of the function may use together, or lower the maximum concurrency of their event sources.',
  fix: 'handler.addEventSource(new SqsEventSource(queue, { maxConcurrency: 5 }));',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html'],
  peers: {},
  compliance: { nist80053: ['SC-5'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const reserved = fn.get('ReservedConcurrentExecutions');
      // Switched off by a reservation of 0, it processes nothing on purpose.
      if (reserved.isSet === 'no' || reserved.is(0) === 'yes') continue;
      const mappings = triggers(app).of(fn).filter(({ service, resource }) => service === 'sqs' && resource.get('ScalingConfig.MaximumConcurrency').isSet !== 'no');
      if (mappings.length === 0) continue;

      const together = calculated(mappings.map(({ resource }) => resource.get('ScalingConfig.MaximumConcurrency')), (...each) => each.reduce((a, b) => a + b));
      yield {
        resource: mappings[0].resource,
        property: 'ScalingConfig.MaximumConcurrency',
        holds: atMost(together, reserved),
        message: () => `queues may hand \`${together}\` batches at once to ${fn}, expected at most the \`${reserved}\` executions that it reserves`,
        reasons: () => [
          ...mappings.map(({ resource }) => ({ resource, property: 'ScalingConfig.MaximumConcurrency', text: `${resource} hands over up to ${resource.get('ScalingConfig.MaximumConcurrency')}` })),
          { resource: fn, property: 'ReservedConcurrentExecutions', text: `${fn} reserves ${reserved}` },
        ],
      };
    }
  },
});
