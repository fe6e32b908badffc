import * as sqs from 'aws-cdk-lib/aws-sqs';
import { queueRequiresTls } from '../../../src/rules/sqs/queue-requires-tls';
import { testRule } from '../rule-tester';

const MESSAGE = 'requests without TLS are answered, expected a policy that denies `sqs:*` where `aws:SecureTransport` is `false`';
const found = (at = 'Stack/Queue') => [{ at, message: MESSAGE }];
const DENY = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const queue = (...statements: object[]) => ({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
  Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: statements } } },
});

testRule(queueRequiresTls, {
  valid: {
    'a queue of the CDK that enforces TLS': { app: stack => void new sqs.Queue(stack, 'Queue', { enforceSSL: true }) },
    'all that matters, in two statements': { resources: queue({ ...DENY, Action: 'SQS:Send*' }, { ...DENY, Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'] }) },
    'each request by everybody': { resources: queue({ ...DENY, Principal: { AWS: ['*'] }, Resource: '*', Condition: { BoolIfExists: { 'AWS:securetransport': false } } }) },
    'the queue by its name': { resources: queue({ ...DENY, Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' }) },
    'a policy of another stack': {
      templates: {
        Stack: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } }, Outputs: { Out: { Value: { Ref: 'Queue' }, Export: { Name: 'queue' } } } },
        Policies: {
          Resources: {
            Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ 'Fn::ImportValue': 'queue' }], PolicyDocument: { Statement: { ...DENY, Resource: '*' } } } },
          },
        },
      },
    },
  },
  unknown: {
    'a statement that only one of two stages has': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } },
      resources: queue({ 'Fn::If': ['Prod', DENY, { Ref: 'AWS::NoValue' }] }),
      findings: found(),
    },
    'a policy that a parameter narrows down': {
      sections: { Parameters: { Arn: { Type: 'String' } } }, resources: queue({ ...DENY, Resource: { Ref: 'Arn' } }), findings: found(),
    },
  },
  invalid: {
    'a queue as the CDK makes it, and the one it makes on the side': {
      app: stack => void new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: new sqs.Queue(stack, 'Failed', { enforceSSL: true }), maxReceiveCount: 3 } }),
      findings: found('Stack/Queue/Resource'),
    },
    'requests with TLS denied': { resources: queue({ ...DENY, Condition: { Bool: { 'aws:SecureTransport': true } } }), findings: found() },
    'allowed, not denied': { resources: queue({ ...DENY, Effect: 'Allow' }), findings: found() },
    'one action of two': { resources: queue({ ...DENY, Action: 'sqs:SendMessage' }), findings: found() },
    'for one account only': { resources: queue({ ...DENY, Principal: { AWS: '111122223333' } }), findings: found() },
    'with a further condition': { resources: queue({ ...DENY, Condition: { ...DENY.Condition, StringEquals: { 'aws:SourceAccount': '111122223333' } } }), findings: found() },
    'another queue': { resources: queue({ ...DENY, Resource: 'arn:aws:sqs:eu-west-1:111122223333:others' }), findings: found() },
  },
});
