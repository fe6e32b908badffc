import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { alarmTopicSubscribed } from '../../../src/rules/cloudwatch/alarm-topic-subscribed';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const alarmTo = (topic: sns.ITopic, stack: Stack) =>
  new lambda.Function(stack, 'Fn', CODE).metricErrors().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));
const watched = (use: (topic: sns.Topic, stack: Stack) => void): RuleCase['app'] => stack => {
  const topic = new sns.Topic(stack, 'Topic');
  alarmTo(topic, stack);
  use(topic, stack);
};
const alarm = (actions: unknown) => ({ Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: actions } } });
const message = (topic: string) => `nobody in the app subscribes to \`${topic}\`, expected somebody who is told of alarms`;
const found = (at = 'Stack/Topic', topic = at) => [{ at, message: message(`\${${topic}.Ref}`), reasons: ['Stack/Alarm goes to this topic'] }];
const TOPIC = { Topic: { Type: 'AWS::SNS::Topic' } };

testRule(alarmTopicSubscribed, {
  valid: {
    'a mail to somebody': { app: watched(topic => topic.addSubscription(new EmailSubscription('on-call@example.com'))) },
    'a chat': {
      app: watched((topic, stack) => void new CfnSlackChannelConfiguration(stack, 'Chat', {
        configurationName: 'c', slackChannelId: 'C1', slackWorkspaceId: 'T1', iamRoleArn: 'arn', snsTopicArns: [topic.topicArn],
      })),
    },
    'a subscription in another stack': {
      app: (stack, app) => {
        const topic = new sns.Topic(stack, 'Topic');
        alarmTo(topic, stack);
        new sns.Subscription(new Stack(app, 'OnCall'), 'Mail', { topic, protocol: sns.SubscriptionProtocol.EMAIL, endpoint: 'on-call@example.com' });
      },
    },
    'a subscription within the topic': {
      resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }] } }, ...alarm([{ Ref: 'Topic' }]) },
    },
    'a topic that no alarm goes to': { resources: TOPIC },
    'an action that is no topic': {
      resources: {
        Fn: { Type: 'AWS::Lambda::Function' },
        ...alarm(['arn:aws:automate:eu-west-1:ec2:recover', { 'Fn::Sub': 'arn:aws:swf:${AWS::Region}:${AWS::AccountId}:action/x' }, { 'Fn::GetAtt': ['Fn', 'Arn'] }]),
      },
    },
  },
  unknown: {
    'a topic of another app': {
      app: stack => alarmTo(sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms'), stack),
      findings: [{ at: 'Stack/Alarm/Resource', property: 'AlarmActions', message: message('arn:aws:sns:eu-west-1:111122223333:alarms') }],
    },
    'a topic that a parameter names, said once': {
      sections: { Parameters: { Topic: { Type: 'String' } } },
      resources: { ...alarm([{ Ref: 'Topic' }]), Other: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } } },
      findings: [{ at: 'Stack/Alarm', property: 'AlarmActions', message: message('${parameter Topic}') }],
    },
    'a topic whose name is given out': {
      app: watched((topic, stack) => void new CfnOutput(stack, 'AlarmTopic', { value: topic.topicArn })),
      findings: [{ at: 'Stack/Topic/Resource', message: message('${Stack/Topic/Resource.Ref}') }],
    },
    'a subscription to a topic that a parameter names': {
      sections: { Parameters: { Arn: { Type: 'String' } } },
      resources: { ...TOPIC, ...alarm([{ Ref: 'Topic' }]), Mail: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Arn' }, Protocol: 'email' } } },
      findings: found(),
    },
    'a custom resource that gets to know the topic': {
      resources: { ...TOPIC, ...alarm([{ Ref: 'Topic' }]), Subscriber: { Type: 'Custom::Subscriber', Properties: { Topic: { Ref: 'Topic' } } } }, findings: found(),
    },
  },
  invalid: {
    'nobody': { app: watched(() => {}), findings: [{ at: 'Stack/Topic/Resource', message: message('${Stack/Topic/Resource.Ref}'), reasons: ['Stack/Alarm/Resource goes to this topic'] }] },
    'somebody who listens to another topic': {
      resources: { ...TOPIC, ...alarm([{ Ref: 'Topic' }]), Other: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'a@example.com' }] } } },
      findings: found(),
    },
    'a topic of another stack': {
      app: (stack, app) => alarmTo(new sns.Topic(new Stack(app, 'Topics'), 'Topic'), stack),
      findings: [{ at: 'Topics/Topic/Resource', message: message('${Topics/Topic/Resource.Ref}') }],
    },
  },
});
