import { arnOf } from '../../iam/arn';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { isSubscribed } from '../../model/sns/subscribers';
import { Value } from '../../model/value';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Where alarms go, each place once, with the first alarm that goes there. */
function destinations(app: AppModel) {
  const found = new Map<unknown, { readonly action: Value; readonly alarm: Resource }>();
  for (const alarm of app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
    for (const action of alarm.get('AlarmActions').items.flatMap(item => item.branches)) {
      const place = action.target ?? `${alarm.source.name} ${action}`;
      if (!found.has(place)) found.set(place, { action, alarm });
    }
  }
  return found.values();
}

/** Whether it may be a topic of somewhere else: one that is named by its ARN, or by what only deployment knows. */
function mayBeTopic(action: Value): boolean {
  const service = arnOf(action)?.service;
  return service === undefined ? action.kind === 'unknown' : service === 'sns';
}

export const alarmTopicSubscribed = defineRule({
  id: 'cloudwatch/alarm-topic-subscribed',
  severity: Severity.MEDIUM,
  summary: 'Somebody subscribes to the topics that alarms are sent to',
  rationale: 'An alarm that is sent to a topic without subscribers reaches nobody, while everything looks as if it were watched.',
  remedy: 'Subscribe the people on call, their pager or their chat to the topic; that of secure functions is `FunctionAlarms.topicOf(stack)`. '
    + 'If somebody subscribes by hand, say who in an acknowledgement.',
  fix: 'topic.addSubscription(new EmailSubscription(\'on-call@example.com\'));',
  references: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html',
  ],
  peers: {},
  compliance: { nist80053: ['AU-5', 'SI-4(5)', 'IR-6(1)'], pciDss: ['10.7.2'], owaspServerless: ['A10'], csaSas: ['SAS-5'] },

  *check(app) {
    for (const { action, alarm } of destinations(app)) {
      const message = () => `nobody in the app subscribes to \`${action}\`, expected somebody who is told of alarms`;
      if (action.target?.type === 'AWS::SNS::Topic') {
        const reasons = () => [{ resource: alarm, property: 'AlarmActions', text: `${alarm} goes to this topic` }];
        yield { resource: action.target, holds: isSubscribed(app, action.target), message, reasons };
      } else if (mayBeTopic(action)) {
        yield { resource: alarm, property: 'AlarmActions', holds: 'unknown', message };
      }
    }
  },
});
