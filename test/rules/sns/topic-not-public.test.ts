import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { topicNotPublic } from '../../../src/rules/sns/topic-not-public';
import { testRule } from '../rule-tester';

const topic = (statement: object) => ({
  Topic: { Type: 'AWS::SNS::Topic' },
  Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: statement } } },
});
const ALLOW = { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sns:Publish', 'sns:Subscribe'], Resource: '*' };

testRule(topicNotPublic, {
  valid: {
    'what a bucket may publish': {
      app: stack => new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(new sns.Topic(stack, 'Topic', { enforceSSL: true }))),
    },
    'what the service itself writes into the policy of a new topic': { resources: topic({ ...ALLOW, Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } } }) },
  },
  unknown: {
    'a condition that a parameter brings': {
      sections: { Parameters: { Condition: { Type: 'String' } } },
      resources: topic({ ...ALLOW, Condition: { Ref: 'Condition' } }),
      findings: [{
        at: 'Stack/Policy',
        property: 'PolicyDocument.Statement.Principal',
        message: '`Allow` of `sns:Publish, sns:Subscribe` on `*` is granted to everybody, expected named principals or a condition on who asks',
      }],
    },
  },
  invalid: {
    'everybody may publish': {
      app: stack => void new sns.Topic(stack, 'Topic').grantPublish(new iam.StarPrincipal()),
      findings: [{
        at: 'Stack/Topic/Policy/Resource',
        property: 'PolicyDocument.Statement.0.Principal',
        message: '`Allow` of `sns:Publish` on `${Stack/Topic/Resource.Ref}` is granted to everybody, expected named principals or a condition on who asks',
        reasons: ['this topic is open to everybody'],
      }],
    },
  },
});
