import { withinBoundary } from '../../iam/access';
import { isAdministrative } from '../../iam/breadth';
import { executionRoles } from '../../iam/execution-roles';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleNotAdministrator = defineRule({
  id: 'iam/role-not-administrator',
  severity: Severity.HIGH,
  summary: 'No role of a function may do everything, or give itself any right',
  rationale: 'Whoever finds a way into the function has the whole account: a role that may do anything, or anything in IAM, knows no bounds.',
  remedy: 'Grant the actions that the function calls on the resources it uses. Attach neither `AdministratorAccess` nor `PowerUserAccess` nor `IAMFullAccess`, and don\'t allow all actions but some.',
  fix: 'table.grantReadData(fn);',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
  ],
  peers: {
    'cdk-nag': ['IAMPolicyNoStatementsWithAdminAccess'],
    'checkov': ['CKV_AWS_62'],
    'KICS': ['a0ae0a4e', '953b3cdb'],
    'cfn_nag': ['W43', 'F3', 'W14'],
    'Control Tower': ['CT.IAM.PR.1', 'CT.IAM.PR.2'],
    'Sonar': ['S6302'],
  },
  compliance: {
    securityHub: ['IAM.1'],
    nist80053: ['AC-2', 'AC-3', 'AC-5', 'AC-6'],
    pciDss: ['7.2.1', '7.2.2'],
    hipaa: ['164.308(a)(4)', '164.312(a)(1)'],
    cis: ['1.16'],
    owaspServerless: ['A5'],
    csaSas: ['SAS-4'],
  },

  *check(app) {
    for (const role of executionRoles(app)) {
      const [{ fn, property }] = role.functions;
      const reasons = () => [{ resource: fn, property, text: `${fn} has the role ${role}` }];
      // A boundary that leaves all of IAM bounds nothing, and one that leaves everything leaves that.
      const bounds = withinBoundary(role, 'iam:*');
      const wide = role.statements.map(statement => ({ statement, isWide: all([isAdministrative(statement), bounds]) })).filter(({ isWide }) => isWide !== 'no');
      for (const { statement, isWide } of wide) {
        const tooMuch = () => `${statement} is as good as all rights, expected the actions and resources that are needed`;
        yield { resource: statement.origin.resource, property: statement.at('Action'), holds: not(isWide), message: tooMuch, reasons };
      }
      const message = () => `what the role \`${role}\` may do can't be known here, expected no more than the function needs`;
      if (wide.length === 0) yield { resource: fn, property, holds: role.isForeign && bounds !== 'no' ? 'unknown' : 'yes', message, reasons };
    }
  },
});
