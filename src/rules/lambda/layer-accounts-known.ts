import { accountGrants } from '../../iam/foreign-accounts';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const layerAccountsKnown = defineRule({
  id: 'lambda/layer-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, only those that you named or those of your organization use a layer',
  rationale: 'Whoever may use a layer may download it and read the code in it, and keeps what was read. Who has a say in another account, and whether it is still a partner\'s, is decided elsewhere.',
  remedy: 'Give the permission to the organization, or name the account in the option `knownAccounts`.',
  fix: 'layer.addPermission(\'Ours\', { accountId: \'*\', organizationId: \'o-a1b2c3d4e5\' });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that may use layers', default: [], pattern: /^\d{12}$/ },
  },

  check: (app, { knownAccounts }) => accountGrants(app, ['AWS::Lambda::LayerVersionPermission'], knownAccounts, 'an organization in `OrganizationId`'),
});
