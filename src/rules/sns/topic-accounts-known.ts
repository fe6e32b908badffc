import { accountGrants } from '../../iam/foreign-accounts';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const topicAccountsKnown = defineRule({
  id: 'sns/topic-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, only those that you named or those of your organization use a topic',
  rationale: 'What another account publishes to a topic runs the functions that subscribe to it, and by a subscription of its own it reads all that is published. Who has a say in that account, and whether it is still a partner\'s, is decided elsewhere.',
  remedy: 'Ask for the organization in a condition on `aws:PrincipalOrgID`, or name the account in the option `knownAccounts`.',
  fix: `topic.addToResourcePolicy(new iam.PolicyStatement({
  principals: [new iam.AccountPrincipal(partnerAccount)],
  actions: ['sns:Publish'],
  resources: [topic.topicArn],
  conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
}));`,
  references: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  ],
  peers: { CloudSploit: ['snsCrossAccount'], cfripper: ['GenericCrossAccountTrustRule'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that may use topics', default: [], pattern: /^\d{12}$/ },
  },

  check: (app, { knownAccounts }) => accountGrants(app, ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'], knownAccounts),
});
