import { executionRoles } from '../../iam/execution-roles';
import { Principal, serviceOf } from '../../iam/principal';
import { trustOf } from '../../iam/trust';
import { isFrameworkManaged } from '../../model/framework';
import { all, not, Verdict, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const functionRoleTrustsLambdaAlone = defineRule({
  id: 'iam/function-role-trusts-lambda-alone',
  severity: Severity.MEDIUM,
  summary: 'Only Lambda assumes the role of a function',
  rationale: 'Another service, account or person that may assume the role does all that the function may do, and its logs don\'t show it.',
  remedy: 'Let `lambda.amazonaws.com` be the one principal in the trust policy, and make a role of its own for whoever else needs one.',
  fix: 'new iam.Role(this, \'Role\', { assumedBy: new iam.ServicePrincipal(\'lambda.amazonaws.com\') });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html',
  ],
  peers: { checkov: ['CKV_AWS_60', 'CKV_AWS_61'], cfn_nag: ['F2', 'F6'], cloudsplaining: ['AssumableByAnyPrincipal'], KICS: ['f80e3aa7'] },
  compliance: { nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const { resource: role, functions: [{ fn, property }] } of executionRoles(app)) {
      if (!role || isFrameworkManaged(role)) continue;
      for (const statement of trustOf(app, role)) {
        if (statement.allows === 'no') continue;
        const stranger = statement.admits(principal => not(isLambda(principal)));
        yield {
          resource: role,
          property: statement.at('Principal'),
          holds: not(all([statement.allows, stranger])),
          message: () => `the role of a function may be assumed by \`${statement.principals.map(({ value }) => String(value)).join(', ')}\`, expected Lambda alone`,
          reasons: () => [{ resource: fn, property, text: `${fn} has this role` }],
        };
      }
    }
  },
});

/** Whether a principal is Lambda, or Lambda at the edge of CloudFront. */
function isLambda({ type, value }: Principal): Verdict {
  if (type !== 'Service') return value.isKnown || type === 'AWS' ? 'no' : 'unknown';
  const service = serviceOf(value);
  return service === undefined && !value.isKnown ? 'unknown' : verdict(service === 'lambda' || service === 'edgelambda');
}
