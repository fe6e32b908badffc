import { accountGrants } from '../../iam/foreign-accounts';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const queueAccountsKnown = defineRule({
  id: 'sqs/queue-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, only those that you named or those of your organization use a queue',
  rationale: 'What another account sends to a queue runs the function that reads it, and what it receives is gone for that function. Who has a say in that account, and whether it is still a partner\'s, is decided elsewhere.',
  remedy: 'Ask for the organization in a condition on `aws:PrincipalOrgID`, or name the account in the option `knownAccounts`.',
  fix: `queue.addToResourcePolicy(new iam.PolicyStatement({
  principals: [new iam.AccountPrincipal(partnerAccount)],
  actions: ['sqs:SendMessage'],
  resources: [queue.queueArn],
  conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
}));`,
  references: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  ],
  peers: { CloudSploit: ['sqsCrossAccount'], cfripper: ['GenericCrossAccountTrustRule'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that may use queues', default: [], pattern: /^\d{12}$/ },
  },

  check: (app, { knownAccounts }) => accountGrants(app, ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'], knownAccounts),
});
