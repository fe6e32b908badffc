import { accountGrants } from '../../iam/foreign-accounts';
import { LOAD_BALANCER_ACCOUNTS } from '../../iam/load-balancer-accounts';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const bucketAccountsKnown = defineRule({
  id: 's3/bucket-accounts-known',
  severity: Severity.MEDIUM,
  summary: 'Of other accounts, only those that you named or those of your organization use a bucket',
  rationale: 'What another account puts into a bucket runs the functions that it notifies, and what it may read leaves this account. Who has a say in that account, and whether it is still a partner\'s, is decided elsewhere.',
  remedy: 'Ask for the organization in a condition on `aws:PrincipalOrgID`, or name the account in the option `knownAccounts`.',
  fix: `bucket.addToResourcePolicy(new iam.PolicyStatement({
  principals: [new iam.AccountPrincipal(partnerAccount)],
  actions: ['s3:GetObject'],
  resources: [bucket.arnForObjects('reports/*')],
  conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
}));`,
  references: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  ],
  peers: { 'Security Hub': ['S3.6'], 'cfripper': ['S3CrossAccountTrustRule'] },
  compliance: { securityHub: ['S3.6'], nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    knownAccounts: { type: 'strings', description: 'Accounts of others that may use buckets', default: [], pattern: /^\d{12}$/ },
  },

  check: (app, { knownAccounts }) => accountGrants(app, ['AWS::S3::BucketPolicy'], [...knownAccounts, ...LOAD_BALANCER_ACCOUNTS]),
});
