import { accountGrants } from '../../iam/foreign-accounts';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const permissionAccountsKnown = defineRule({
  id: 'lambda/permission-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, only those that you named or those of your organization call a function',
  rationale: 'What another account sends to a function runs with the rights of the function, at your cost. Who has a say in that account, and whether it is still a partner\'s, is decided elsewhere.',
  remedy: 'Ask for the organization in a condition on `aws:PrincipalOrgID`, or name the account in the option `knownAccounts`.',
  fix: 'fn.addPermission(\'Partner\', { principal: new iam.AccountPrincipal(partnerAccount), organizationId: \'o-a1b2c3d4e5\' });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  ],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that may use functions', default: [], pattern: /^\d{12}$/ },
  },

  check: (app, { knownAccounts }) => accountGrants(app, ['AWS::Lambda::Permission', 'AWS::Lambda::ResourcePolicy'], knownAccounts),
});
