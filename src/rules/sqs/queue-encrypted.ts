import { isCustomerKey } from '../../model/kms/customer-key';
import { any, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const queueEncrypted = defineRule({
  id: 'sqs/queue-encrypted',
  severity: Severity.MEDIUM,
  summary: 'Messages in queues are encrypted at rest',
  rationale: 'Queues encrypt what they keep unless somebody switches that off. Then messages, and those that failed, which stay longest, lie in plain text on the disks of the service.',
  remedy: 'Leave encryption on, or name a key of AWS KMS. A customer managed key also says who may read, and must let the services in that send to the queue.',
  fix: 'new sqs.Queue(this, \'Queue\', { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true });',
  references: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html',
  ],
  peers: {
    'cdk-nag': ['AwsSolutions-SQS2'],
    'checkov': ['CKV_AWS_27'],
    'KICS': ['12726829'],
    'Trivy': ['AWS-0096', 'AWS-0135'],
    'Prowler': ['sqs_queues_server_side_encryption_enabled'],
  },
  compliance: {
    securityHub: ['SQS.1'],
    nist80053: ['SC-13', 'SC-28', 'SC-28(1)'],
    pciDss: ['3.5.1'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
  },
  options: {
    customerManagedKey: { type: 'boolean', description: 'Whether only a customer managed key will do', default: false },
  },

  *check(app, { customerManagedKey }) {
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      const [key, managed] = [queue.get('KmsMasterKeyId'), queue.get('SqsManagedSseEnabled').or(true)];
      const message = customerManagedKey
        ? () => `messages are encrypted with \`${key}\`, expected a customer managed key`
        : () => `encryption by the service is \`${managed}\` and no key is set, expected one of them`;
      yield customerManagedKey
        ? { resource: queue, property: 'KmsMasterKeyId', holds: isCustomerKey(key), message }
        : { resource: queue, property: 'SqsManagedSseEnabled', holds: any([key.isSet, not(managed.is(false))]), message };
    }
  },
});
