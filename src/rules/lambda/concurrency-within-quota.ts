import { AppModel } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const concurrencyWithinQuota = defineRule({
  id: 'lambda/concurrency-within-quota',
  severity: Severity.MEDIUM,
  summary: 'What all functions of an account and region reserve fits into its quota',
  rationale: 'Lambda refuses a reservation that leaves fewer than 100 executions to functions without one: the deployment rolls back, and with it whatever it '
    + 'was to mend. What is reserved to the last is missing where nothing is.',
  remedy: 'Reserve less, or ask AWS for a higher quota of concurrent executions and set the option `quota` to it.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, reservedConcurrentExecutions: 10 });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  ],
  peers: {},
  compliance: { nist80053: ['CP-2(2)', 'SC-5'], csaSas: ['SAS-8'] },
  options: {
    quota: { type: 'number', description: 'The quota of concurrent executions of each account and region', default: 1000, min: 1 },
    unreserved: { type: 'number', description: 'How much of the quota nobody may reserve; Lambda itself demands 100', default: 100, min: 0 },
  },

  *check(app, { quota, unreserved }) {
    for (const functions of byEnvironment(app)) {
      const [least, most] = [Math.min, Math.max].map(pick => sum(functions.map(fn => reserved(fn, pick))));
      const [largest] = [...functions].sort((a, b) => reserved(b, Math.max) - reserved(a, Math.max));
      const reservable = Math.max(0, quota - unreserved);
      const known = functions.every(fn => fn.get('ReservedConcurrentExecutions').branches.every(({ number }) => number !== undefined));
      yield {
        resource: largest,
        property: 'ReservedConcurrentExecutions',
        holds: least > reservable ? 'no' : most <= reservable && known ? 'yes' : 'unknown',
        message: () => `functions of ${environmentOf(largest)} reserve \`${least}\` executions together${known ? '' : ' or more'}, expected at most \`${reservable}\``,
        reasons: () => functions.slice(0, 20).map(fn =>
          ({ resource: fn, property: 'ReservedConcurrentExecutions', text: `${fn} reserves ${fn.get('ReservedConcurrentExecutions')}` })),
      };
    }
  },
});

/** The functions that reserve something, by where they are deployed to; stacks of one stage go to one place, unless they say otherwise. */
function byEnvironment(app: AppModel): (readonly Resource[])[] {
  const groups = new Multimap<string, Resource>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    if (fn.get('ReservedConcurrentExecutions').isSet !== 'no') groups.add(environmentOf(fn), fn);
  }
  return [...groups.keys()].map(environment => groups.get(environment));
}

function environmentOf({ source: { account, assembly, region } }: Resource): string {
  const stage = account === undefined && assembly ? ` of stage ${assembly}` : '';
  return `account ${account ?? 'unknown'}${stage} in region ${region ?? 'unknown'}`;
}

function reserved(fn: Resource, pick: (...numbers: number[]) => number): number {
  return pick(...fn.get('ReservedConcurrentExecutions').branches.map(({ number }) => number ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
