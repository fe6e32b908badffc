import { invokingRoles, surplusInvocation } from '../../iam/invoking-roles';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const triggerRolesScoped = defineRule({
  id: 'iam/trigger-roles-scoped',
  severity: Severity.MEDIUM,
  summary: 'Roles of schedules, rules, pipes, APIs and state machines invoke only what these target',
  rationale: 'Whoever may change a schedule or a state machine has it call whatever function its role may invoke, and whoever changes a route of an API makes that function public, without a right on the function.',
  remedy: 'Name the functions that are targeted in `Resource`, and take out those that no longer are.',
  fix: 'fn.grantInvoke(role); // instead of `lambda:InvokeFunction` on `*`',
  references: [
    'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const each of invokingRoles(app)) {
      const [host] = each.hosts;
      for (const statement of each.role.written) {
        if (statement.allows === 'no') continue;
        const { isThere, fn } = surplusInvocation(app, each, statement);
        yield {
          resource: statement.origin.resource,
          property: statement.at('Resource'),
          holds: not(isThere),
          message: () => `\`${host}\` may invoke ${fn ? `\`${fn}\`` : 'any function'}, expected only functions that it targets`,
          reasons: () => each.hosts.map(user => ({ resource: user, text: `${user} has the role ${each.role}` })),
        };
      }
    }
  },
});
