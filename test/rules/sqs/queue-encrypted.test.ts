import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { queueEncrypted } from '../../../src/rules/sqs/queue-encrypted';
import { testRule } from '../rule-tester';

const queue = (properties: object) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties: properties } });
const found = (managed: string, at = 'Stack/Queue') => [{
  at, property: 'SqsManagedSseEnabled', message: `encryption by the service is \`${managed}\` and no key is set, expected one of them`,
}];
const strict = { options: { customerManagedKey: true } };
const strictFound = (key: string) => [{ at: 'Stack/Queue', property: 'KmsMasterKeyId', message: `messages are encrypted with \`${key}\`, expected a customer managed key` }];

testRule(queueEncrypted, {
  valid: {
    'a queue of the CDK': { app: stack => void new sqs.Queue(stack, 'Queue') },
    'a queue with the key of the service': { resources: queue({ KmsMasterKeyId: 'alias/aws/sqs' }) },
    'a key, whatever else is switched off': { resources: queue({ KmsMasterKeyId: 'alias/orders', SqsManagedSseEnabled: false }) },
    'a customer managed key where one is asked for': {
      app: stack => void new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') }), ...strict,
    },
  },
  unknown: {
    'a switch that a parameter sets': {
      sections: { Parameters: { On: { Type: 'String' } } },
      resources: queue({ SqsManagedSseEnabled: { Ref: 'On' } }),
      findings: found('${parameter On}'),
    },
    'a key that a parameter brings where a customer managed one is asked for': {
      sections: { Parameters: { Key: { Type: 'String' } } },
      resources: queue({ KmsMasterKeyId: { Ref: 'Key' } }),
      ...strict,
      findings: strictFound('${parameter Key}'),
    },
  },
  invalid: {
    'a queue whose encryption is switched off': {
      app: stack => void new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.UNENCRYPTED }),
      findings: found('false', 'Stack/Queue/Resource'),
    },
    'the same in quotes': { resources: queue({ SqsManagedSseEnabled: 'false' }), findings: found('false') },
    'the key of the service where a customer managed one is asked for': {
      resources: queue({ KmsMasterKeyId: 'alias/aws/sqs' }), ...strict, findings: strictFound('alias/aws/sqs'),
    },
  },
});
