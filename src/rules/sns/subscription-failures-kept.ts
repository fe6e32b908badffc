import { elementsAt } from '../../model/lambda/trigger';
import { any, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const subscriptionFailuresKept = defineRule({
  id: 'sns/subscription-failures-kept',
  severity: Severity.LOW,
  summary: 'Messages that a topic can not deliver are kept',
  rationale: 'SNS drops a message at once where a permission is missing or the subscriber is gone, and otherwise when its attempts are used up. '
    + 'The subscriber never sees it, so its own dead-letter queue doesn\'t either.',
  remedy: 'Give each subscription of a function, queue, stream or URL a dead-letter queue.',
  fix: 'topic.addSubscription(new LambdaSubscription(handler, { deadLetterQueue: undelivered }));',
  references: ['https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html'],
  peers: { 'cdk-nag': ['Serverless-SNSRedrivePolicy'], 'serverless-rules': ['ES7000'] },
  compliance: { nist80053: ['SI-11', 'CP-10'], csaSas: ['SAS-10'] },

  *check(app) {
    for (const subscription of app.ofType('AWS::SNS::Subscription')) {
      const forPeople = not(subscription.get('Protocol').isOneOf(TO_MACHINES));
      if (forPeople === 'yes') continue;
      const policy = subscription.get('RedrivePolicy');
      yield {
        resource: subscription,
        property: 'RedrivePolicy',
        holds: any([forPeople, policy.isSet]),
        message: () => `redrive policy is \`${policy}\`, expected a dead-letter queue`,
      };
    }
    for (const topic of app.ofType('AWS::SNS::Topic')) {
      for (const [property, subscription] of elementsAt(topic, 'Subscription')) {
        const forPeople = not(subscription.get('Protocol').isOneOf(TO_MACHINES));
        if (forPeople === 'yes') continue;
        yield {
          resource: topic,
          property,
          holds: forPeople,
          message: () => `subscription of \`${subscription.get('Endpoint')}\` stands in the topic, where it can have no dead-letter queue, expected a resource of its own`,
        };
      }
    }
  },
});

/** Mail, text messages and notifications are for people, who miss some. */
const TO_MACHINES = ['firehose', 'http', 'https', 'lambda', 'sqs'];
