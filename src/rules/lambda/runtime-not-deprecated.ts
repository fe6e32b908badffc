import { all, verdict } from '../../model/verdict';
import { lifecycleOf, RUNTIMES_AS_OF, successorOf } from '../../runtimes/lifecycles';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const runtimeNotDeprecated = defineRule({
  id: 'lambda/runtime-not-deprecated',
  severity: Severity.MEDIUM,
  summary: 'The runtimes of functions get security patches',
  rationale: 'AWS no longer mends what is found in a deprecated runtime, and one day refuses to update functions that use it.',
  remedy: 'Move to a newer runtime of the same language.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, runtime: lambda.Runtime.NODEJS_24_X });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-2',
  ],
  peers: { 'cdk-nag': ['AwsSolutions-L1'], 'checkov': ['CKV_AWS_363'], 'cfn-lint': ['W2531', 'E2531', 'E2533'], 'Security Hub': ['Lambda.2'] },
  compliance: { securityHub: ['Lambda.2'], nist80053: ['CM-2', 'SA-22', 'SI-2'], pciDss: ['6.3.3', '12.3.4'], owaspServerless: ['A9'], csaSas: ['SAS-6'] },
  options: {
    asOf: { type: 'string', description: 'The day for which it is checked, such as 2026-11-22, so that it comes out the same on any day', default: RUNTIMES_AS_OF, pattern: /^\d{4}-\d\d-\d\d$/ },
  },

  *check(app, { asOf }) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const runtime = fn.get('Runtime');
      if (runtime.kind === 'absent') continue;
      const names = runtime.branches.map(({ text }) => text);
      const known = verdict(names.every(name => name !== undefined && lifecycleOf(name) !== undefined)) === 'yes' ? 'yes' : 'unknown';
      const lifecycle = lifecycleOf(runtime.text ?? '');
      yield {
        resource: fn,
        property: 'Runtime',
        holds: all([known, runtime.satisfies(({ text }) => (lifecycleOf(text ?? '')?.deprecated ?? '9999') > asOf)]),
        message: () => lifecycle
          ? `runtime \`${runtime}\` gets no patches since ${lifecycle.deprecated}, expected one such as \`${successorOf(String(runtime))}\``
          : `when runtime \`${runtime}\` ends is not known here, expected one that gets patches on ${asOf}`,
      };
    }
  },
});
