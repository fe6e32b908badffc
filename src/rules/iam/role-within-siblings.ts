import { siblings } from '../../iam/siblings';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleWithinSiblings = defineRule({
  id: 'iam/role-within-siblings',
  severity: Severity.INFORMATIONAL,
  summary: 'Of functions that run the same code, none alone may change something in a service',
  rationale: 'What one of many functions with the same code may change and none of the others was mostly granted for a reason that is gone, or for work that has its place elsewhere; whoever finds a fault in the code has found it in that function, too.',
  remedy: 'Take the grant away if nothing needs it any more, or give that work a function with code of its own. If it is wanted, acknowledge the finding with the reason.',
  fix: 'new lambda.Function(this, \'Publisher\', { code: lambda.Code.fromAsset(\'publisher\'), handler, runtime });',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-6', 'AC-6(7)'], pciDss: ['7.2.4'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },
  options: {
    siblings: { type: 'number', description: 'How many functions that run the same code are compared, at least', default: 4, min: 2 },
  },

  *check(app, { siblings: size }) {
    for (const { fn, role, group, alone, isWhole } of siblings(app, size)) {
      const at = role?.resource ? { resource: role.resource } : { resource: fn, property: 'Role' };
      const others = () => group.slice(0, 3).filter(each => each !== fn).slice(0, 2).map(each => ({ resource: each, text: `${each} runs the same code` }));
      if (alone.length === 0) {
        yield { ...at, holds: isWhole, message: () => `what the role of ${fn} may do isn't known, expected changes only where its siblings make some as well`, reasons: others };
      }
      for (const { service, action, statement, isAlone } of alone) {
        const granted = { resource: statement.origin.resource, property: statement.at('Action'), text: `allows \`${action}\`` };
        yield {
          ...at,
          holds: not(isAlone),
          message: () => `\`${action}\` lets ${fn} change something in \`${service}\`, as the only one of \`${group.length}\` functions that run the same code, `
            + 'expected changes only where others of them make some as well',
          reasons: () => [granted, { resource: fn, property: 'Role', text: `${fn} has the role` }, ...others()],
        };
      }
    }
  },
});
