import { ownFunctions } from '../../model/lambda/functions';
import { triggers } from '../../model/lambda/triggers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const concurrencyLimited = defineRule({
  id: 'lambda/concurrency-limited',
  severity: Severity.MEDIUM,
  summary: 'A function has a limit of its own for how many executions run at once',
  rationale: 'Without a limit of its own, a function scales until the concurrency of the whole account is used up. A flood of events, an attack or a loop '
    + 'then starves all other functions, overwhelms what the function calls, and costs what the account can spend.',
  remedy: 'Reserve as much concurrency as the function needs at its peak. A reservation of 0 switches the function off.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, reservedConcurrentExecutions: 10 });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
    'https://docs.aws.amazon.com/config/latest/developerguide/lambda-concurrency-check.html',
  ],
  peers: {
    'cdk-nag': ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency'],
    'cfn_nag': ['W92'],
    'checkov': ['CKV_AWS_115'],
    'Guard Rules Registry': ['LAMBDA_CONCURRENCY_CHECK'],
  },
  compliance: { nist80053: ['SC-5', 'SC-6'], hipaa: ['164.312(b)'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const fn of ownFunctions(app)) {
      // Neither runs on the concurrency that could be reserved.
      const elsewhere = fn.get('CapacityProviderConfig').isSet !== 'no' || triggers(app).of(fn).some(({ service }) => service === 'cloudfront');
      if (elsewhere) continue;

      const reserved = fn.get('ReservedConcurrentExecutions');
      yield {
        resource: fn,
        property: 'ReservedConcurrentExecutions',
        holds: reserved.isNumber(number => number >= 0),
        message: () => `reserved concurrency is \`${reserved}\`, expected a number of executions that may run at once`,
      };
    }
  },
});
