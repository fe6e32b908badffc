import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { topicSendersNamed } from '../../../src/rules/sns/topic-senders-named';
import { testRule } from '../rule-tester';

const policy = (principal: object, condition?: object) => ({
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: { Topics: ['x'], PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sns:Publish', Resource: '*', ...condition ? { Condition: condition } : {} }] } },
  },
});
const found = (services: string, at = 'Stack/Policy', statement = 0) => [{
  at,
  property: `PolicyDocument.Statement.${statement}.Condition`,
  message: `\`${services}\` may send on behalf of anybody, expected the ARN or the account of the source`,
}];
const EVENTS = { Service: 'events.amazonaws.com' };

testRule(topicSendersNamed, {
  valid: {
    'a bucket of the CDK': { app: stack => void new s3.Bucket(stack, 'Bucket').addObjectCreatedNotification(new SnsDestination(new sns.Topic(stack, 'Topic'))) },
    'the bucket of an account': { resources: policy({ Service: 's3.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::uploads' }, StringEquals: { 'aws:SourceAccount': '111122223333' } }) },
    'an account': { resources: policy(EVENTS, { StringEquals: { 'aws:SourceAccount': '111122223333' } }) },
    'an organization': { resources: policy(EVENTS, { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }) },
    'a role, which is no service': { resources: policy({ AWS: 'arn:aws:iam::111122223333:role/sender' }) },
    'a service that tells no source, where the user says so': { resources: policy({ Service: 'budgets.amazonaws.com' }), options: { sourceless: ['budgets'] } },
    'a topic without policy': { app: stack => void new sns.Topic(stack, 'Topic') },
    'a topic that refuses plain HTTP': { app: stack => void new sns.Topic(stack, 'Topic', { enforceSSL: true }) },
  },
  unknown: {
    'a condition that a parameter brings': {
      sections: { Parameters: { Condition: { Type: 'String' } } }, resources: policy(EVENTS, { Ref: 'Condition' }), findings: found('events'),
    },
  },
  invalid: {
    'a service without a source': { resources: policy(EVENTS), findings: found('events') },
    'any rule of any account': { resources: policy(EVENTS, { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }), findings: found('events') },
    'a condition on something else': { resources: policy(EVENTS, { Bool: { 'aws:SecureTransport': 'true' } }), findings: found('events') },
    'a rule of the CDK, which names no source': { app: stack => void new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new SnsTopic(new sns.Topic(stack, 'Topic'))] }), findings: found('events', 'Stack/Topic/Policy/Resource') },
    'what somebody grants to a service by the CDK': {
      app: stack => void new sns.Topic(stack, 'Topic').grantPublish(new iam.ServicePrincipal('events.amazonaws.com')),
      findings: found('events', 'Stack/Topic/Policy/Resource'),
    },
  },
});
