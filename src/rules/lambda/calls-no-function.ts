import { executionRoles } from '../../iam/execution-roles';
import { mayInvoke } from '../../iam/invocation';
import { isFrameworkManaged } from '../../model/framework';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const callsNoFunction = defineRule({
  id: 'lambda/calls-no-function',
  severity: Severity.MEDIUM,
  summary: 'No function calls another function',
  rationale: 'The caller waits and is paid for as long as the other works, fails when it fails, and takes concurrency twice; whoever takes over one may feed the other anything.',
  remedy: 'Put a queue, a topic, an event bus or a state machine between them.',
  fix: 'queue.grantSendMessages(caller);\ncallee.addEventSource(new SqsEventSource(queue));',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/concepts-event-driven-architectures.html',
    'https://docs.aws.amazon.com/wellarchitected/latest/serverless-applications-lens/design-principles.html',
  ],
  peers: { Sonar: ['S6246'] },
  compliance: { nist80053: ['AC-4', 'AC-6', 'SC-5'], owaspServerless: ['A5'], csaSas: ['SAS-8', 'SAS-9'] },

  *check(app) {
    for (const role of executionRoles(app)) {
      const callers = role.functions.filter(({ fn }) => fn.type === 'AWS::Lambda::Function' && !isFrameworkManaged(fn));
      if (callers.length === 0) continue;
      const [{ fn: caller, property }] = callers;
      const calls = role.written.flatMap(statement => mayInvoke(app, statement).map(call => ({ statement, ...call })))
        .filter(({ callee }) => !callers.some(({ fn }) => fn === callee));
      if (calls.length === 0) yield { resource: caller, holds: 'yes', message: () => '' };
      for (const { statement, callee, certain } of calls) {
        yield {
          resource: statement.origin.resource,
          property: statement.at('Resource'),
          holds: not(certain),
          message: () => `\`${caller}\` may call \`${callee}\`, expected a queue, a topic, an event bus or a state machine between them`,
          reasons: () => [{ resource: caller, property, text: `${caller} has the role ${role}` }, { resource: callee, text: `which may call ${callee}` }],
        };
      }
    }
  },
});
