import { accountsIn } from '../../iam/foreign-accounts';
import { trusts } from '../../iam/trust';
import { trustsForeigner } from '../../iam/trusted-accounts';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleTrustAccountsKnown = defineRule({
  id: 'iam/role-trust-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, roles trust those that you named, or somebody in particular',
  rationale: 'Whoever has a say in the other account decides who uses the role. If it is that of a company with many customers, any of them can ask it to assume the role of another, unless the role asks for something that tells them apart.',
  remedy: 'Name the role or the user who assumes it, ask for what was agreed upon by a condition on `sts:ExternalId`, or for the organization by one on `aws:PrincipalOrgID`; or name the account in the option `knownAccounts`.',
  fix: 'new iam.Role(this, \'Role\', { assumedBy: new iam.AccountPrincipal(partnerAccount), externalIds: [agreedUpon] });',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  ],
  peers: { KICS: ['85138beb'], cloudsplaining: ['AssumableByCrossAccountPrincipal'], cfripper: ['CrossAccountTrustRule'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-4'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that roles may trust', default: [], pattern: /^\d{12}$/ },
  },

  *check(app, { knownAccounts }) {
    for (const statement of trusts(app)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Principal'),
        holds: not(trustsForeigner(app, statement, knownAccounts)),
        message: () => `whoever ${accountsIn(statement)} lets may assume the role, expected accounts in \`knownAccounts\`, a named role, or a condition on \`sts:ExternalId\` or \`aws:PrincipalOrgID\``,
      };
    }
  },
});
