import { isCustomerKey } from '../../model/kms/customer-key';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const groupEncrypted = defineRule({
  id: 'logs/group-encrypted',
  severity: Severity.LOW,
  summary: 'Log groups are encrypted with a customer managed key',
  rationale: 'Logs say more of customers than their authors think. CloudWatch always encrypts them, yet only the policy of a key of the account keeps them from whoever may read logs in general, and revoking the key makes them unreadable.',
  remedy: 'Name a customer managed key whose policy lets the service of CloudWatch Logs use it.',
  fix: 'new logs.LogGroup(this, \'Logs\', { encryptionKey: key, retention: logs.RetentionDays.ONE_MONTH });',
  references: ['https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html'],
  peers: {
    'cdk-nag': ['HIPAA.Security-CloudWatchLogGroupEncrypted', 'NIST.800.53.R5-CloudWatchLogGroupEncrypted', 'PCI.DSS.321-CloudWatchLogGroupEncrypted'],
    'checkov': ['CKV_AWS_158'],
    'cfn_nag': ['W84'],
    'Trivy': ['AWS-0017'],
    'Prowler': ['cloudwatch_log_group_kms_encryption_enabled'],
  },
  compliance: {
    nist80053: ['AU-9(3)', 'SC-13', 'SC-28(1)'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const group of app.ofType('AWS::Logs::LogGroup')) {
      const key = group.get('KmsKeyId');
      yield { resource: group, property: 'KmsKeyId', holds: isCustomerKey(key), message: () => `the key is \`${key}\`, expected a customer managed key` };
    }
  },
});
