import { AppModel } from '../../model/app-model';
import { eventInvokeConfigsFor } from '../../model/lambda/event-invoke-configs';
import { ownFunctions } from '../../model/lambda/functions';
import { Trigger, TriggerService } from '../../model/lambda/trigger';
import { triggers } from '../../model/lambda/triggers';
import { all, any, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const failuresKept = defineRule({
  id: 'lambda/failures-kept',
  severity: Severity.MEDIUM,
  summary: 'Asynchronous events that a function fails on are kept',
  rationale: 'Whoever sends an asynchronous event isn\'t told what becomes of it. After two more attempts, or six hours without room to run, Lambda drops it: '
    + 'orders, deletions or alerts are lost without a trace, be it by a fault or by an attack that makes the function fail.',
  remedy: 'Give the function a dead-letter queue or a destination for failures; an alias needs a destination of its own.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, onFailure: new SqsDestination(failures) });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  ],
  peers: {
    'cdk-nag': ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ', 'Serverless-LambdaAsyncFailureDestination'],
    'checkov': ['CKV_AWS_116'],
    'Guard Rules Registry': ['LAMBDA_DLQ_CHECK'],
    'serverless-rules': ['ES1007'],
  },
  compliance: { nist80053: ['SI-11', 'CP-10'], hipaa: ['164.312(b)'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const fn of ownFunctions(app)) {
      const sources = triggers(app).of(fn).filter(({ invocation, service }) => invocation === 'asynchronous' && !ASKS_AGAIN.has(service));
      if (sources.length === 0) continue;

      const judged = sources.map(source => ({ source, kept: keeps(app, source) }));
      const holds = all(judged.map(({ kept }) => kept));
      yield {
        resource: fn,
        property: 'DeadLetterConfig',
        holds,
        message: () => `dead-letter queue is \`${fn.get('DeadLetterConfig.TargetArn')}\` and no destination for failures is set, expected one of them`,
        reasons: () => judged.filter(({ kept }) => kept === holds).map(({ source: { resource, property, qualifier } }) =>
          ({ resource, property, text: `${resource} invokes ${qualifier ?? 'it'} and doesn't wait` })),
      };
    }
  },
});

/** These wait for a result that the function sends them, and try again or fail themselves if none comes. */
const ASKS_AGAIN: ReadonlySet<TriggerService> = new Set(['cloudformation', 'codepipeline', 'secretsmanager']);

function keeps(app: AppModel, trigger: Trigger): Verdict {
  const destinations = eventInvokeConfigsFor(app, trigger).map(({ config, applies }) => all([applies, config.get('DestinationConfig.OnFailure.Destination').isSet]));
  return any([trigger.fn.get('DeadLetterConfig.TargetArn').isSet, ...destinations]);
}
