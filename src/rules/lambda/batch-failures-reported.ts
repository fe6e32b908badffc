import { triggers } from '../../model/lambda/triggers';
import { Value } from '../../model/value';
import { agreed, any, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const batchFailuresReported = defineRule({
  id: 'lambda/batch-failures-reported',
  severity: Severity.LOW,
  summary: 'One record that fails doesn\'t fail its whole batch',
  rationale: 'Lambda tries a batch again as a whole: records that were processed are processed twice, and those of a queue end up in the dead-letter queue '
    + 'beside the one that failed. Whoever can send one bad record can have that done to the records of others.',
  remedy: 'Report the records that failed from the handler, and set `reportBatchItemFailures`. A stream may split the batch instead, by `bisectBatchOnError`.',
  fix: 'handler.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  ],
  peers: {},
  compliance: { nist80053: ['SI-11'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const { fn, resource: mapping, service } of triggers(app).all) {
      if (service !== 'sqs' && service !== 'kinesis' && service !== 'dynamodb') continue;
      const batch = mapping.get('BatchSize').or(service === 'sqs' ? 10 : 100);
      const types = mapping.get('FunctionResponseTypes');
      const bisected: Verdict = service === 'sqs' ? 'no' : mapping.get('BisectBatchOnFunctionError').isTrue;
      yield {
        resource: mapping,
        property: 'FunctionResponseTypes',
        holds: any([batch.isNumber(size => size <= 1), reports(types), bisected]),
        message: () => `response types for batches of \`${batch}\` are \`${types}\`, expected \`ReportBatchItemFailures\``,
        reasons: () => [{ resource: mapping, property: 'FunctionName', text: `batches go to ${fn}` }],
      };
    }
  },
});

function reports(types: Value): Verdict {
  return agreed(types.branches.map(branch => any(branch.items.map(type => type.is('ReportBatchItemFailures')))));
}
