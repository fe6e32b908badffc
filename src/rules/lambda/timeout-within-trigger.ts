import { atMost } from '../../model/arithmetic';
import { Wait } from '../../model/lambda/trigger';
import { triggers } from '../../model/lambda/triggers';
import { all } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const timeoutWithinTrigger = defineRule({
  id: 'lambda/timeout-within-trigger',
  severity: Severity.MEDIUM,
  summary: 'A function stops before whatever invoked it gives up waiting',
  rationale: 'A function that goes on after its caller has given up works for nobody, is paid for, and holds concurrency that others need: '
    + 'a slow dependency, or somebody who knows how to cause one, then exhausts it soon. Changes it makes late contradict the error that the caller was given.',
  remedy: 'Set the timeout of the function to no more than the shortest time that one of its triggers waits, or let the trigger wait longer where it can.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, timeout: Duration.seconds(10) });',
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html',
    'https://docs.aws.amazon.com/connect/latest/APIReference/interactions-invokelambdafunction.html',
    'https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const timeout = fn.get('Timeout').or(3);
      const judged = triggers(app).of(fn).flatMap(({ resource, property, wait }) =>
        wait ? [{ resource, property, wait, fits: atMost(timeout, wait.seconds) }] : []);
      if (judged.length === 0) continue;

      const holds = all(judged.map(({ fits }) => fits));
      const short = judged.filter(({ fits }) => fits === holds).sort((a, b) => secondsOf(a.wait) - secondsOf(b.wait));
      yield {
        resource: fn,
        property: 'Timeout',
        holds,
        message: () => `the function may run for \`${timeout}\` s, expected at most \`${short[0].wait.seconds}\` s, for which ${short[0].resource} waits`,
        reasons: () => short.map(({ resource, property, wait }) =>
          ({ resource, property, text: `${resource} invokes it and waits ${wait.seconds} s, after which it ${wait.then}` })),
      };
    }
  },
});

function secondsOf(wait: Wait): number {
  return wait.seconds.number ?? Infinity;
}
