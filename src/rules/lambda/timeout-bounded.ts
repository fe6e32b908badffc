import { ownFunctions } from '../../model/lambda/functions';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const timeoutBounded = defineRule({
  id: 'lambda/timeout-bounded',
  severity: Severity.LOW,
  summary: 'A function stops soon when it hangs',
  rationale: 'Each execution that hangs is paid for until its timeout and holds concurrency as long. An attacker who makes a function hang, by an input or by a '
    + 'dependency, turns a long timeout into a denial of service, and of wallet.',
  remedy: 'Set the timeout to what the function needs at most. Split long work into steps of a state machine, or accept the finding for the function with a reason.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, timeout: Duration.seconds(30) });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5'], csaSas: ['SAS-8'] },
  options: {
    seconds: { type: 'number', description: 'How long a function may run at most, in seconds', default: 300, min: 1, max: 900 },
  },

  *check(app, { seconds }) {
    for (const fn of ownFunctions(app)) {
      const timeout = fn.get('Timeout').or(3);
      yield {
        resource: fn,
        property: 'Timeout',
        holds: timeout.isNumber(number => number <= seconds),
        message: () => `the function may run for \`${timeout}\` s, expected at most \`${seconds}\` s`,
      };
    }
  },
});
