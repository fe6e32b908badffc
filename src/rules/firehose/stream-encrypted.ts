import { defineRule } from '../define-rule';
import { Severity } from '../severity';

const PROPERTY = 'DeliveryStreamEncryptionConfigurationInput';

export const streamEncrypted = defineRule({
  id: 'firehose/stream-encrypted',
  severity: Severity.MEDIUM,
  summary: 'Records that Firehose takes directly are encrypted while it buffers them',
  rationale: 'A delivery stream keeps records until their destination takes them, which may be a day, in plain text unless told otherwise. With a Kinesis stream as its source, that stream keeps and encrypts them.',
  remedy: 'Switch on encryption of the delivery stream, best with a customer managed key.',
  fix: `new firehose.DeliveryStream(this, 'Stream', {
  destination,
  encryption: firehose.StreamEncryption.customerManagedKey(key),
});`,
  references: ['https://docs.aws.amazon.com/firehose/latest/dev/encryption.html'],
  peers: { 'cdk-nag': ['AwsSolutions-KDF1'], 'cfn_nag': ['W88'], 'Prowler': ['firehose_stream_encrypted_at_rest'] },
  compliance: {
    securityHub: ['DataFirehose.1'],
    nist80053: ['SC-13', 'SC-28', 'SC-28(1)'],
    pciDss: ['3.5.1'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const stream of app.ofType('AWS::KinesisFirehose::DeliveryStream')) {
      const direct = stream.get('DeliveryStreamType').or('DirectPut').is('DirectPut');
      if (direct === 'no') continue;
      const encryption = stream.get(PROPERTY);
      const holds = direct === 'unknown' && encryption.isSet !== 'yes' ? 'unknown' : encryption.isSet;
      yield { resource: stream, property: PROPERTY, holds, message: () => `encryption is \`${encryption}\`, expected a key of AWS KMS` };
    }
  },
});
