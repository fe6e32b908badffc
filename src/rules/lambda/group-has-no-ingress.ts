import { not } from '../../model/verdict';
import { functionGroups } from '../../network/function-groups';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const groupHasNoIngress = defineRule({
  id: 'lambda/group-has-no-ingress',
  severity: Severity.LOW,
  summary: 'Security groups of functions let nothing in',
  rationale: 'Nothing can connect to a function, so the rule is for something else in the group, which then shares all that the function may connect to.',
  remedy: 'Remove the inbound rule, or give what takes the connections a group of its own.',
  fix: 'database.connections.allowDefaultPortFrom(handler); // the rule belongs to the group of the database',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html'],
  peers: { 'cdk-nag': ['AwsSolutions-EC23'], 'checkov': ['CKV_AWS_24', 'CKV_AWS_25'], 'Security Hub': ['EC2.18'] },
  compliance: { nist80053: ['AC-4', 'CM-7', 'SC-7'], pciDss: ['1.3.1'], csaSas: ['SAS-3'] },

  *check(app) {
    for (const { group: { resource, ingress }, users } of functionGroups(app)) {
      const reasons = () => users.slice(0, 3).map(user => ({ resource: user, text: `${user} is in the group, and takes no connections` }));
      if (ingress.length === 0) yield { resource, property: 'SecurityGroupIngress', holds: 'yes', message: () => '', reasons };
      for (const rule of ingress) {
        yield {
          resource: rule.resource,
          property: rule.property,
          holds: not(rule.exists),
          message: () => `connections to \`${resource.logicalId}\` are let in, in which functions are, expected no inbound rule`,
          reasons,
        };
      }
    }
  },
});
