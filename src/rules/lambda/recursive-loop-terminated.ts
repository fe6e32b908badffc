import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const recursiveLoopTerminated = defineRule({
  id: 'lambda/recursive-loop-terminated',
  severity: Severity.MEDIUM,
  summary: 'Lambda stops functions that invoke themselves in a loop',
  rationale: 'A function that writes to what invokes it multiplies its own events until concurrency and budget are used up. Lambda stops such loops through '
    + 'queues, topics and buckets after 16 rounds, unless it is told to let them be.',
  remedy: 'Leave `recursiveLoop` out. Where a loop is meant, let it run through a state machine, which counts its rounds.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, recursiveLoop: lambda.RecursiveLoop.TERMINATE });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html'],
  peers: {},
  compliance: { nist80053: ['SC-5'], csaSas: ['SAS-8', 'SAS-9'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const loop = fn.get('RecursiveLoop').or('Terminate');
      yield {
        resource: fn,
        property: 'RecursiveLoop',
        holds: not(loop.is('Allow')),
        message: () => `recursive loops are set to \`${loop}\`, expected \`Terminate\``,
      };
    }
  },
});
