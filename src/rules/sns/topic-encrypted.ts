import { isCustomerKey } from '../../model/kms/customer-key';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const topicEncrypted = defineRule({
  id: 'sns/topic-encrypted',
  severity: Severity.MEDIUM,
  summary: 'Messages in topics are encrypted with AWS KMS',
  rationale: 'Without a key, messages that wait to be delivered again are protected by the encryption of disks alone, and nothing but the policy of the topic says who may read them.',
  remedy: 'Name a customer managed key whose policy lets in the services that publish, such as CloudWatch; what they send to a topic with `alias/aws/sns` is lost.',
  fix: 'new sns.Topic(this, \'Topic\', { masterKey: key, enforceSSL: true });',
  references: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  ],
  peers: {
    'cdk-nag': ['HIPAA.Security-SNSEncryptedKMS', 'NIST.800.53.R5-SNSEncryptedKMS', 'PCI.DSS.321-SNSEncryptedKMS'],
    'checkov': ['CKV_AWS_26'],
    'cfn_nag': ['W47'],
    'KICS': ['9d13b150'],
    'Trivy': ['AWS-0095', 'AWS-0136'],
    'Prowler': ['sns_topics_kms_encryption_at_rest_enabled'],
  },
  compliance: {
    securityHub: ['SNS.1'],
    nist80053: ['SC-13', 'SC-28', 'SC-28(1)'],
    pciDss: ['3.5.1'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
  },
  options: {
    customerManagedKey: { type: 'boolean', description: 'Whether only a customer managed key will do', default: false },
  },

  *check(app, { customerManagedKey }) {
    for (const topic of app.ofType('AWS::SNS::Topic')) {
      const key = topic.get('KmsMasterKeyId');
      const holds = customerManagedKey ? isCustomerKey(key) : key.isSet;
      yield { resource: topic, property: 'KmsMasterKeyId', holds, message: () => `the key is \`${key}\`, expected a ${customerManagedKey ? 'customer managed ' : ''}key of AWS KMS` };
    }
  },
});
