import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { topicRequiresTls } from '../../../src/rules/sns/topic-requires-tls';
import { testRule } from '../rule-tester';

const found = (at = 'Stack/Topic') => [{ at, message: 'messages are accepted without TLS, expected a policy that denies `sns:Publish` where `aws:SecureTransport` is `false`' }];
const DENY = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: { Ref: 'Topic' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const topic = (document: unknown) => ({
  Topic: { Type: 'AWS::SNS::Topic' },
  Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: document } },
});

testRule(topicRequiresTls, {
  valid: {
    'a topic of the CDK that enforces TLS': { app: stack => void new sns.Topic(stack, 'Topic', { enforceSSL: true }) },
    'a policy by hand': { resources: topic({ Statement: [{ ...DENY, Action: 'sns:*' }] }) },
  },
  unknown: {
    'a policy that a parameter brings': { sections: { Parameters: { Policy: { Type: 'String' } } }, resources: topic({ Ref: 'Policy' }), findings: found() },
  },
  invalid: {
    'a topic that is encrypted, which says nothing of the way to it': {
      app: stack => void new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') }),
      findings: found('Stack/Topic/Resource'),
    },
    'another action': { resources: topic({ Statement: [{ ...DENY, Action: 'sns:Subscribe' }] }), findings: found() },
  },
});
