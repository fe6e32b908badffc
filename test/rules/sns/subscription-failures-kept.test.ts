import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { subscriptionFailuresKept } from '../../../src/rules/sns/subscription-failures-kept';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const NOT_SET = { at: 'Stack/Subscription', property: 'RedrivePolicy', message: 'redrive policy is `(not set)`, expected a dead-letter queue' };
const subscription = (properties: object) => ({ Subscription: { Type: 'AWS::SNS::Subscription', Properties: properties } });

testRule(subscriptionFailuresKept, {
  valid: {
    'a queue': {
      app: stack => void new sns.Topic(stack, 'Topic').addSubscription(
        new LambdaSubscription(new lambda.Function(stack, 'Fn', CODE), { deadLetterQueue: new sqs.Queue(stack, 'Undelivered') })),
    },
    'a mail': { app: stack => void new sns.Topic(stack, 'Topic').addSubscription(new EmailSubscription('someone@example.com')) },
    'a mail within the topic': { resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'someone@example.com' }] } } } },
    'a topic without subscriptions': { resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
  },
  unknown: {
    'a queue by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: subscription({ Protocol: 'sqs', RedrivePolicy: { 'Fn::If': ['IsLive', { deadLetterTargetArn: 'arn' }, { Ref: 'AWS::NoValue' }] } }),
      findings: [{ ...NOT_SET, message: 'redrive policy is `{"deadLetterTargetArn":"arn"} or (not set)`, expected a dead-letter queue' }],
    },
    'a protocol from a parameter': {
      sections: { Parameters: { Protocol: { Type: 'String' } } },
      resources: subscription({ Protocol: { Ref: 'Protocol' } }),
      findings: [NOT_SET],
    },
  },
  invalid: {
    'a real subscription': {
      app: stack => void new sns.Topic(stack, 'Topic').addSubscription(new LambdaSubscription(new lambda.Function(stack, 'Fn', CODE))),
      findings: [{ ...NOT_SET, at: 'Stack/Fn/Topic/Resource' }],
    },
    'a subscription within the topic': {
      resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'sqs', Endpoint: 'arn:queue' }] } } },
      findings: [{
        at: 'Stack/Topic',
        property: 'Subscription.0',
        message: 'subscription of `arn:queue` stands in the topic, where it can have no dead-letter queue, expected a resource of its own',
      }],
    },
  },
});
