import { ownFunctions } from '../../model/lambda/functions';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const timeoutSet = defineRule({
  id: 'lambda/timeout-set',
  severity: Severity.LOW,
  summary: 'The timeout of a function is written down',
  rationale: 'The default of 3 s was chosen by nobody who knows the function. Too short for it, a slow dependency turns into errors and retries; and the first '
    + 'incident raises it in a hurry to the maximum, at which a function that hangs costs 300 times as much.',
  remedy: 'Set the timeout to what the function needs at most, with some room.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, timeout: Duration.seconds(10) });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html',
  ],
  peers: { 'cdk-nag': ['Serverless-LambdaDefaultTimeout'], 'serverless-rules': ['ES1006'] },
  compliance: { nist80053: ['CM-6', 'SC-5'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const fn of ownFunctions(app)) {
      yield {
        resource: fn,
        property: 'Timeout',
        holds: fn.get('Timeout').isSet,
        message: () => `timeout is \`${fn.get('Timeout')}\`, expected a number of seconds that somebody chose`,
      };
    }
  },
});
