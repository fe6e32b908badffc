import { all } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const keyRotated = defineRule({
  id: 'kms/key-rotated',
  severity: Severity.MEDIUM,
  summary: 'Keys are replaced each year by themselves, where AWS KMS can do that',
  rationale: 'The longer a key lives, the more data hangs on it, and the longer a leak would go on.',
  remedy: 'Switch on rotation. Older data stays readable, and nothing that uses the key has to change.',
  fix: 'new kms.Key(this, \'Key\', { enableKeyRotation: true });',
  references: ['https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html'],
  peers: {
    'cdk-nag': ['AwsSolutions-KMS5'],
    'checkov': ['CKV_AWS_7'],
    'cfn_nag': ['F19'],
    'KICS': ['235ca980', '1c07bfaf'],
    'Trivy': ['AWS-0065'],
    'Prowler': ['kms_cmk_rotation_enabled'],
  },
  compliance: {
    securityHub: ['KMS.4'],
    nist80053: ['SC-12', 'SC-12(2)', 'SC-28(3)'],
    pciDss: ['3.7.4'],
    cis: ['3.6'],
  },

  *check(app) {
    for (const key of app.ofType('AWS::KMS::Key')) {
      // Other keys, and material that somebody brings along, can't be rotated by AWS KMS.
      const rotatable = all([key.get('KeySpec').or('SYMMETRIC_DEFAULT').is('SYMMETRIC_DEFAULT'), key.get('Origin').or('AWS_KMS').is('AWS_KMS')]);
      if (rotatable === 'no') continue;
      const rotation = key.get('EnableKeyRotation');
      const holds = rotation.isTrue === 'no' && rotatable === 'unknown' ? 'unknown' : rotation.isTrue;
      yield { resource: key, property: 'EnableKeyRotation', holds, message: () => `rotation is \`${rotation}\`, expected \`true\`` };
    }
  },
});
