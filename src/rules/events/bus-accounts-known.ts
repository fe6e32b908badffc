import { accountGrants } from '../../iam/foreign-accounts';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const busAccountsKnown = defineRule({
  id: 'events/bus-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, only those that you named or those of your organization use an event bus',
  rationale: 'What another account puts on a bus runs the functions of this one. Who has a say in that account, and whether it is still a partner\'s, is decided elsewhere.',
  remedy: 'Ask for the organization in a condition on `aws:PrincipalOrgID`, or name the account in the option `knownAccounts`.',
  fix: `bus.addToResourcePolicy(new iam.PolicyStatement({
  sid: 'Partner',
  principals: [new iam.AccountPrincipal(partnerAccount)],
  actions: ['events:PutEvents'],
  resources: [bus.eventBusArn],
  conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
}));`,
  references: [
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  ],
  peers: { Prowler: ['eventbridge_bus_cross_account_access'], CloudSploit: ['eventBusCrossAccountAccess'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that may use event buses', default: [], pattern: /^\d{12}$/ },
  },

  check: (app, { knownAccounts }) => accountGrants(app, ['AWS::Events::EventBus', 'AWS::Events::EventBusPolicy'], knownAccounts),
});
