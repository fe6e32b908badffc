import { executionRoles } from '../../iam/execution-roles';
import { isFrameworkManaged } from '../../model/framework';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleNotShared = defineRule({
  id: 'lambda/role-not-shared',
  severity: Severity.MEDIUM,
  summary: 'Each function has a role of its own',
  rationale: 'Functions with one role may each do what any of them needs, so that a fault in the least important one gives away the most important one, and logs don\'t tell them apart.',
  remedy: 'Leave `role` out, so that the CDK makes a role for each function, and grant each what it needs.',
  fix: 'new lambda.Function(this, \'Function\', { code, handler, runtime }); // without `role`',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
    'https://docs.aws.amazon.com/wellarchitected/latest/serverless-applications-lens/identity-and-access-management.html',
  ],
  peers: { KICS: ['ae03f542', '4ba74f01', '165aae3b'], CloudSploit: ['lambdaUniqueExecutionRole'] },
  compliance: { nist80053: ['AC-6'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const role of executionRoles(app)) {
      for (const use of role.functions) {
        if (isFrameworkManaged(use.fn)) continue;
        const others = role.otherUses(use);
        const [first, second] = others;
        yield {
          resource: use.fn,
          property: use.property,
          holds: first ? not(all([use.certain, first.certain])) : role.isIdentified ? 'yes' : 'unknown',
          message: () => first
            ? `the role \`${role}\` is that of \`${first.fn}\`${second ? `, \`${second.fn}\`` : ''}${role.size > 3 ? ` and ${role.size - 3} more` : ''} as well, `
              + 'expected a role of its own'
            : `which role \`${role}\` is can't be known here, expected a role of its own`,
          reasons: () => others.map(other => ({ resource: other.fn, property: other.property, text: `${other.fn} has the same role` })),
        };
      }
    }
  },
});
