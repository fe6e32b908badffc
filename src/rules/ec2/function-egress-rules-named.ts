import { any, all, not } from '../../model/verdict';
import { functionGroups } from '../../network/function-groups';
import { admitsAllPorts, allowsInternet, prefixLists } from '../../network/security-groups';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const functionEgressRulesNamed = defineRule({
  id: 'ec2/function-egress-rules-named',
  severity: Severity.LOW,
  summary: 'Security groups of functions name what may be connected to',
  rationale: 'A group that is open to everything leaves it to the routes alone to keep code in, and a route is soon added for something else.',
  remedy: 'Make the group without outbound rules and add one for each peer and port.',
  fix: 'const group = new ec2.SecurityGroup(this, \'Group\', { vpc, allowAllOutbound: false });\ngroup.addEgressRule(database.connections.securityGroups[0], ec2.Port.POSTGRES);',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  peers: { cfn_nag: ['W5', 'W40', 'F1000'], KICS: ['66f2d8f9'], Sonar: ['S6463'] },
  compliance: { nist80053: ['AC-4', 'SC-7(5)'], pciDss: ['1.3.2'], owaspServerless: ['A6'], csaSas: ['SAS-3'] },

  *check(app) {
    const lists = prefixLists(app);
    for (const { group: { resource, egress, opensByDefault }, users } of functionGroups(app)) {
      const reasons = () => users.slice(0, 3).map(user => ({ resource: user, text: `${user} is in the group` }));
      const open = egress.map(rule => ({
        rule, open: all([rule.exists, admitsAllPorts(rule), any([allowsInternet(rule, 'IPv4', lists).open, allowsInternet(rule, 'IPv6', lists).open])]),
      }));
      yield {
        resource,
        property: 'SecurityGroupEgress',
        holds: not(opensByDefault),
        message: () => 'there are no egress rules in `SecurityGroupEgress`, which allows everything, expected a rule for each peer',
        reasons,
      };
      for (const { rule: { resource: at, property, says }, open: isOpen } of open) {
        yield {
          resource: at,
          property,
          holds: not(isOpen),
          message: () => `all ports of \`${says.get(says.get('CidrIp').kind === 'absent' ? 'CidrIpv6' : 'CidrIp')}\` are open, expected a peer and its port`,
          reasons,
        };
      }
    }
  },
});
