import { any } from '../../model/verdict';
import { functionGroups } from '../../network/function-groups';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const groupNotShared = defineRule({
  id: 'lambda/group-not-shared',
  severity: Severity.INFORMATIONAL,
  summary: 'Each function has a security group of its own',
  rationale: 'A rule that one function needs opens the way for all that share its group, and those it connects to can not tell them apart.',
  remedy: 'Leave out `securityGroups`, so that each function gets its own; functions that may connect to nothing may share one.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, vpc, allowAllOutbound: false });',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  peers: {},
  compliance: { nist80053: ['AC-6', 'SC-7(21)'], csaSas: ['SAS-3'] },

  *check(app) {
    for (const { group: { resource, egress, opensByDefault }, users } of functionGroups(app)) {
      // In a group that leads nowhere there is nothing to share.
      const leads = any([opensByDefault, ...egress.map(({ exists, says }) => says.get('CidrIp').is('255.255.255.255/32') === 'yes' ? 'no' : exists)]);
      if (leads === 'no') continue;
      yield {
        resource,
        holds: users.length === 1 ? 'yes' : users.filter(({ exists }) => exists === 'yes').length > 1 ? 'no' : 'unknown',
        message: () => `\`${users.length}\` functions share the group and all that its rules allow, expected a group for each`,
        reasons: () => users.slice(0, 5).map(user => ({ resource: user, text: `${user} is in the group` })),
      };
    }
  },
});
