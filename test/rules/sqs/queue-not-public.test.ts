import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { queueNotPublic } from '../../../src/rules/sqs/queue-not-public';
import { testRule } from '../rule-tester';

const queue = (...statements: object[]) => ({
  Queue: { Type: 'AWS::SQS::Queue' },
  Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: statements } } },
});
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
const under = (condition: unknown) => queue({ ...ALLOW, Condition: condition });
const found = (property = 'PolicyDocument.Statement.0.Principal') => [{
  at: 'Stack/Policy',
  property,
  message: '`Allow` of `sqs:SendMessage` on `*` is granted to everybody, expected named principals or a condition on who asks',
  reasons: ['this queue is open to everybody'],
}];
const adding = (stack: Stack, statement: iam.PolicyStatement) => new sqs.Queue(stack, 'Queue').addToResourcePolicy(statement);

testRule(queueNotPublic, {
  valid: {
    'a queue without policy': { resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
    'everybody is denied something': { app: stack => void new sqs.Queue(stack, 'Queue', { enforceSSL: true }) },
    'what topics and buckets may send': {
      app: stack => {
        const target = new sqs.Queue(stack, 'Queue');
        new sns.Topic(stack, 'Topic').addSubscription(new SqsSubscription(target));
        new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(target));
      },
    },
    'an account': { app: stack => void new sqs.Queue(stack, 'Queue').grantSendMessages(new iam.AccountPrincipal('111122223333')) },
    'everybody of an organization': { app: stack => void new sqs.Queue(stack, 'Queue').grantSendMessages(new iam.OrganizationPrincipal('o-1234567890')) },
    'everybody on behalf of a resource of the app': { resources: { ...under({ ArnLike: { 'AWS:SourceArn': { Ref: 'Topic' } } }), Topic: { Type: 'AWS::SNS::Topic' } } },
    'everybody on behalf of what an ARN with a wildcard names': { resources: under({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:orders' } }) },
  },
  unknown: {
    'an organization that a parameter names': {
      sections: { Parameters: { Organization: { Type: 'String' } } },
      resources: under({ StringEquals: { 'aws:PrincipalOrgID': { Ref: 'Organization' } } }),
      findings: found(),
    },
    'a principal that a parameter names': {
      sections: { Parameters: { Partner: { Type: 'String' } } },
      resources: queue({ ...ALLOW, Principal: { AWS: { Ref: 'Partner' } } }),
      findings: found('PolicyDocument.Statement.0.Principal'),
    },
  },
  invalid: {
    'everybody': { resources: queue(ALLOW), findings: found() },
    'everybody as the CDK writes it': {
      app: stack => adding(stack, new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['sqs:SendMessage'], resources: ['*'] })),
      findings: [{ ...found()[0], at: 'Stack/Queue/Policy/Resource' }],
    },
    'all but somebody': { resources: queue({ ...ALLOW, Principal: undefined, NotPrincipal: { AWS: '111122223333' } }), findings: found('PolicyDocument.Statement.0.NotPrincipal') },
    'a condition that callers can make up': { resources: under({ StringEquals: { 'aws:Referer': 'https://example.com' } }), findings: found() },
    'a condition that leaves somebody out': { resources: under({ StringNotEquals: { 'aws:SourceAccount': '111122223333' } }), findings: found() },
    'a condition that holds where the key is missing': { resources: under({ StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }), findings: found() },
    'a condition that everybody meets': { resources: under({ StringLike: { 'aws:PrincipalArn': '*' } }), findings: found() },
    'all addresses': { resources: under({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }), findings: found() },
    'one of two values that everybody meets': { resources: under({ StringLike: { 'aws:SourceAccount': ['111122223333', '*'] } }), findings: found() },
  },
});
