import { Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { streamEncrypted } from '../../../src/rules/kinesis/stream-encrypted';
import { testRule } from '../rule-tester';

const stream = (encryption: unknown) => ({ Stream: { Type: 'AWS::Kinesis::Stream', Properties: { StreamEncryption: encryption } } });
const found = (encryption: string, at = 'Stack/Stream') => [{ at, property: 'StreamEncryption', message: `encryption is \`${encryption}\`, expected the type \`KMS\`` }];
const stages = { Parameters: { Stage: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };

testRule(streamEncrypted, {
  valid: {
    'a stream of the CDK, encrypted wherever that is possible': { app: stack => void new kinesis.Stream(stack, 'Stream') },
    'a stream of the CDK in a known region': {
      app: (_, app) => void new kinesis.Stream(new Stack(app, 'Known', { env: { region: 'eu-west-1', account: '111122223333' } }), 'Stream', { encryption: kinesis.StreamEncryption.KMS }),
    },
    'a literal': { resources: stream({ EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }) },
  },
  unknown: {
    'encryption for one of two stages': {
      sections: stages,
      resources: stream({ 'Fn::If': ['Prod', { EncryptionType: 'KMS' }, { Ref: 'AWS::NoValue' }] }),
      findings: found('{"EncryptionType":"KMS"} or (not set)'),
    },
  },
  invalid: {
    'a stream whose encryption is switched off': {
      app: stack => void new kinesis.Stream(stack, 'Stream', { encryption: kinesis.StreamEncryption.UNENCRYPTED }),
      findings: found('(not set)', 'Stack/Stream/Resource'),
    },
    'encryption for neither of two stages': {
      sections: stages, resources: stream({ 'Fn::If': ['Prod', { EncryptionType: 'NONE' }, { Ref: 'AWS::NoValue' }] }), findings: found('{"EncryptionType":"NONE"} or (not set)'),
    },
  },
});
