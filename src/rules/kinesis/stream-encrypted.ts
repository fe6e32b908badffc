import { Value } from '../../model/value';
import { agreed } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** By this condition the CDK leaves out encryption in two regions in China where it does not exist. */
const UNSUPPORTED_REGIONS = 'condition AwsCdkKinesisEncryptedStreamsUnsupportedRegions';

/** What may be set, without what the CDK does where encryption does not exist. */
function choices(encryption: Value): readonly Value[] {
  return encryption.why === UNSUPPORTED_REGIONS ? encryption.branches.filter(({ kind }) => kind !== 'absent') : encryption.branches;
}

export const streamEncrypted = defineRule({
  id: 'kinesis/stream-encrypted',
  severity: Severity.MEDIUM,
  summary: 'Records in Kinesis streams are encrypted at rest',
  rationale: 'A stream keeps records for days, in plain text unless told otherwise.',
  remedy: 'Encrypt the stream with AWS KMS, which is what the CDK does by default in new apps.',
  fix: 'new kinesis.Stream(this, \'Stream\', { encryption: kinesis.StreamEncryption.KMS, encryptionKey: key });',
  references: ['https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html'],
  peers: {
    'cdk-nag': ['AwsSolutions-KDS1'],
    'checkov': ['CKV_AWS_43'],
    'cfn_nag': ['W49'],
    'KICS': ['7f65be75'],
    'Trivy': ['AWS-0064'],
    'Prowler': ['kinesis_stream_encrypted_at_rest'],
  },
  compliance: {
    securityHub: ['Kinesis.1'],
    nist80053: ['SC-13', 'SC-28', 'SC-28(1)'],
    pciDss: ['3.5.1'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const stream of app.ofType('AWS::Kinesis::Stream')) {
      const encryption = stream.get('StreamEncryption');
      const holds = agreed(choices(encryption).map(choice => choice.get('EncryptionType').is('KMS')));
      yield { resource: stream, property: 'StreamEncryption', holds, message: () => `encryption is \`${encryption}\`, expected the type \`KMS\`` };
    }
  },
});
