import { daysBetween, lifecycleOf, RUNTIMES_AS_OF, successorOf } from '../../runtimes/lifecycles';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const runtimeNotEndingSoon = defineRule({
  id: 'lambda/runtime-not-ending-soon',
  severity: Severity.INFORMATIONAL,
  summary: 'The runtimes of functions get security patches for some time to come',
  rationale: 'To move to another runtime takes time, and the day on which patches end is known long before.',
  remedy: 'Plan the move to a newer runtime of the same language.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, runtime: lambda.Runtime.NODEJS_24_X });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html'],
  peers: { 'cfn-lint': ['W2531'] },
  compliance: { nist80053: ['SA-22'], pciDss: ['12.3.4'], owaspServerless: ['A9'], csaSas: ['SAS-6'] },
  options: {
    asOf: { type: 'string', description: 'The day for which it is checked, such as 2026-11-22, so that it comes out the same on any day', default: RUNTIMES_AS_OF, pattern: /^\d{4}-\d\d-\d\d$/ },
    days: { type: 'number', description: 'For how many days patches are to come', default: 90, min: 1 },
  },

  *check(app, { asOf, days }) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const runtime = fn.get('Runtime');
      const ends = runtime.branches.map(({ text }) => lifecycleOf(text ?? '')?.deprecated);
      // What has ended is for another rule to say.
      if (runtime.kind === 'absent' || ends.some(end => end === undefined ? runtime.isKnown : end <= asOf)) continue;
      yield {
        resource: fn,
        property: 'Runtime',
        holds: runtime.satisfies(({ text }) => daysBetween(asOf, lifecycleOf(text ?? '')?.deprecated ?? '') >= days),
        message: () => `patches for runtime \`${runtime}\` end on ${ends[0] ?? 'a day not known here'}, expected one that gets them for ${days} days more${
          runtime.text === undefined ? '' : `, such as \`${successorOf(runtime.text)}\``}`,
      };
    }
  },
});
