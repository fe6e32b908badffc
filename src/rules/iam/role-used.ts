import { trustOf } from '../../iam/trust';
import { isUsed } from '../../iam/unused-roles';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleUsed = defineRule({
  id: 'iam/role-used',
  severity: Severity.LOW,
  summary: 'Roles that services may assume are those of something',
  rationale: 'What was there for a function, a schedule or a job that is gone still has all of its rights, nobody looks at it any more, and whoever may pass roles can use it.',
  remedy: 'Take out the role, or give it to what it was made for.',
  fix: 'new lambda.Function(this, \'Function\', { code, handler, runtime, role });',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-2', 'AC-6'], pciDss: ['7.2.4'], owaspServerless: ['A5'], csaSas: ['SAS-4', 'SAS-12'] },

  *check(app) {
    for (const role of app.ofType('AWS::IAM::Role')) {
      const holds = isUsed(app, role);
      if (holds === undefined) continue;
      const services = () => trustOf(app, role).flatMap(({ principals }) => principals).map(({ value }) => `\`${value}\``).join(', ');
      yield {
        resource: role,
        property: 'AssumeRolePolicyDocument',
        holds,
        message: () => `nothing in the app has this role, which ${services()} may assume, expected something that needs it`,
      };
    }
  },
});
