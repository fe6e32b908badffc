import { admitsEverybody } from '../../iam/anonymous-access';
import { trusts } from '../../iam/trust';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleTrustNotPublic = defineRule({
  id: 'iam/role-trust-not-public',
  severity: Severity.CRITICAL,
  summary: 'No role trusts everybody',
  rationale: 'Everybody with an AWS account may assume such a role and has all of its rights; names of roles are no secret.',
  remedy: 'Name who assumes the role. `NotPrincipal` is everybody but those who are named.',
  fix: 'new iam.Role(this, \'Role\', { assumedBy: new iam.ArnPrincipal(deployer.roleArn) });',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
  ],
  peers: {
    checkov: ['CKV_AWS_60'],
    KICS: ['f80e3aa7'],
    cfn_nag: ['F6'],
    cloudsplaining: ['AssumableByAnyPrincipal'],
    cfripper: ['FullWildcardPrincipalRule'],
    parliament: ['NOTPRINCIPAL_WITH_ALLOW'],
    Sonar: ['S6270'],
  },
  compliance: { nist80053: ['AC-3', 'AC-6', 'SC-7'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-4'] },

  *check(app) {
    for (const statement of trusts(app)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Principal'),
        holds: not(admitsEverybody(statement)),
        message: () => 'everybody may assume the role, expected named principals or a condition on who asks',
      };
    }
  },
});
