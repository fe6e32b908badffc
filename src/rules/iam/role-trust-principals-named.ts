import { accountsIn } from '../../iam/foreign-accounts';
import { trusts } from '../../iam/trust';
import { trustsOwnAccount } from '../../iam/trusted-accounts';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleTrustPrincipalsNamed = defineRule({
  id: 'iam/role-trust-principals-named',
  severity: Severity.LOW,
  summary: 'Roles trust who needs them, not all of an account',
  rationale: 'Who may assume such a role is decided by all policies of the account: each role and user that may assume any role has its rights as well.',
  remedy: 'Name the roles and users who assume it, or say who is meant by a condition, such as one on `aws:PrincipalArn`, on a tag, or on a second factor.',
  fix: 'new iam.Role(this, \'Role\', { assumedBy: new iam.ArnPrincipal(deployer.roleArn) });',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  ],
  peers: { checkov: ['CKV_AWS_61'], KICS: ['e835bd0d'], cfripper: ['PartialWildcardPrincipalRule'] },
  compliance: { nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.2'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const statement of trusts(app)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Principal'),
        holds: not(trustsOwnAccount(app, statement)),
        message: () => `all of ${accountsIn(statement)} may assume the role as far as its policies let it, expected named principals or a condition on who asks`,
      };
    }
  },
});
