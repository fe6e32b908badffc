import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { streamEncrypted } from '../../../src/rules/firehose/stream-encrypted';
import { RuleCase, testRule } from '../rule-tester';

const PROPERTY = 'DeliveryStreamEncryptionConfigurationInput';

const delivery = (props: (stack: Parameters<NonNullable<RuleCase['app']>>[0]) => Partial<firehose.DeliveryStreamProps>): RuleCase['app'] => stack => {
  new firehose.DeliveryStream(stack, 'Stream', { destination: new firehose.S3Bucket(new s3.Bucket(stack, 'Bucket')), ...props(stack) });
};
const stream = (properties: object) => ({ Stream: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: properties } });
const found = (encryption: string, at = 'Stack/Stream') => [{ at, property: PROPERTY, message: `encryption is \`${encryption}\`, expected a key of AWS KMS` }];

testRule(streamEncrypted, {
  valid: {
    'a key': { app: delivery(() => ({ encryption: firehose.StreamEncryption.customerManagedKey() })) },
    'a Kinesis stream, which encrypts by itself': { app: delivery(stack => ({ source: new firehose.KinesisStreamSource(new kinesis.Stream(stack, 'Source')) })) },
    'a source from the network': { resources: stream({ DeliveryStreamType: 'MSKAsSource' }) },
  },
  unknown: {
    'a source that a parameter names': {
      sections: { Parameters: { Source: { Type: 'String' } } }, resources: stream({ DeliveryStreamType: { Ref: 'Source' } }), findings: found('(not set)'),
    },
  },
  invalid: {
    'a delivery stream as the CDK makes it': { app: delivery(() => ({})), findings: found('(not set)', 'Stack/Stream/Resource') },
    'no type, which takes records directly': { resources: stream({}), findings: found('(not set)') },
  },
});
