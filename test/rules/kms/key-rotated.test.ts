import * as kms from 'aws-cdk-lib/aws-kms';
import { keyRotated } from '../../../src/rules/kms/key-rotated';
import { testRule } from '../rule-tester';

const key = (properties: object) => ({ Key: { Type: 'AWS::KMS::Key', Properties: properties } });
const found = (rotation: string, at = 'Stack/Key') => [{ at, property: 'EnableKeyRotation', message: `rotation is \`${rotation}\`, expected \`true\`` }];

testRule(keyRotated, {
  valid: {
    'a key that is rotated': { app: stack => void new kms.Key(stack, 'Key', { enableKeyRotation: true }) },
    'an asymmetric key': { app: stack => void new kms.Key(stack, 'Key', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY }) },
    'material that somebody brings along': { resources: key({ Origin: 'EXTERNAL' }) },
  },
  unknown: {
    'a sort of key that a parameter names': {
      sections: { Parameters: { Spec: { Type: 'String' } } }, resources: key({ KeySpec: { Ref: 'Spec' } }), findings: found('(not set)'),
    },
  },
  invalid: {
    'a key as the CDK makes it': { app: stack => void new kms.Key(stack, 'Key'), findings: found('(not set)', 'Stack/Key/Resource') },
    'rotation that is switched off': { resources: key({ EnableKeyRotation: false }), findings: found('false') },
  },
});
