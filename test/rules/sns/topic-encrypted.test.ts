import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { topicEncrypted } from '../../../src/rules/sns/topic-encrypted';
import { testRule } from '../rule-tester';

const topic = (properties: object) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: properties } });
const found = (key: string, expected = 'key', at = 'Stack/Topic') => [{ at, property: 'KmsMasterKeyId', message: `the key is \`${key}\`, expected a ${expected} of AWS KMS` }];

testRule(topicEncrypted, {
  valid: {
    'a key of the app': { app: stack => void new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') }) },
    'the key of the service': { resources: topic({ KmsMasterKeyId: 'alias/aws/sns' }) },
    'a customer managed key where one is asked for': { resources: topic({ KmsMasterKeyId: 'alias/orders' }), options: { customerManagedKey: true } },
  },
  unknown: {
    'a key for one of two stages': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } },
      resources: topic({ KmsMasterKeyId: { 'Fn::If': ['Prod', 'alias/orders', { Ref: 'AWS::NoValue' }] } }),
      findings: found('alias/orders or (not set)'),
    },
  },
  invalid: {
    'a topic as the CDK makes it': { app: stack => void new sns.Topic(stack, 'Topic'), findings: found('(not set)', 'key', 'Stack/Topic/Resource') },
    'the key of the service where a customer managed one is asked for': {
      resources: topic({ KmsMasterKeyId: 'alias/aws/sns' }), options: { customerManagedKey: true }, findings: found('alias/aws/sns', 'customer managed key'),
    },
  },
});
