import { triggers } from '../../model/lambda/triggers';
import { any } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const streamRetriesBounded = defineRule({
  id: 'lambda/stream-retries-bounded',
  severity: Severity.MEDIUM,
  summary: 'A record of a stream that always fails is not tried for ever',
  rationale: 'Unless told otherwise, Lambda reads a batch again until its records expire, and nothing behind it in the shard meanwhile. One record that the '
    + 'function can not process, which an outsider may have sent, stops a shard for a day or more and is paid for all the time.',
  remedy: 'Bound how often a batch is tried, or how old a record may be, and send what fails then to a destination.',
  fix: 'handler.addEventSource(new KinesisEventSource(stream, { startingPosition, retryAttempts: 10, onFailure: new SqsDlq(failures) }));',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5', 'SI-11'], csaSas: ['SAS-8', 'SAS-10'] },

  *check(app) {
    for (const { fn, resource: mapping, service } of triggers(app).all) {
      if (service !== 'kinesis' && service !== 'dynamodb') continue;
      const [attempts, age] = [mapping.get('MaximumRetryAttempts'), mapping.get('MaximumRecordAgeInSeconds')];
      yield {
        resource: mapping,
        property: 'MaximumRetryAttempts',
        holds: any([attempts, age].map(bound => bound.isNumber(number => number >= 0))),
        message: () => `retries are \`${attempts}\` and the age of records is \`${age}\`, expected a bound for one of them`,
        reasons: () => [{ resource: mapping, property: 'FunctionName', text: `records go to ${fn}` }],
      };
    }
  },
});
