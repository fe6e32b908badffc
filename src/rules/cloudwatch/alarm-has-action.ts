import { isWatched } from '../../model/cloudwatch/alarms';
import { agreed, all, any, not, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const alarmHasAction = defineRule({
  id: 'cloudwatch/alarm-has-action',
  severity: Severity.MEDIUM,
  summary: 'Alarms tell somebody',
  rationale: 'An alarm without an action changes its colour on a page that nobody looks at.',
  remedy: 'Give the alarm an action, such as a topic that people or a pager subscribe to.',
  fix: 'alarm.addAlarmAction(new SnsAction(topic));',
  references: [
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15',
  ],
  peers: { 'cdk-nag': ['CloudWatchAlarmAction'], 'checkov': ['CKV_AWS_319'], 'Security Hub': ['CloudWatch.15', 'CloudWatch.17'] },
  compliance: {
    securityHub: ['CloudWatch.15', 'CloudWatch.17'],
    nist80053: ['AU-6(1)', 'CA-7', 'SI-4(5)', 'SI-4(12)'],
    pciDss: ['10.7.2'],
    hipaa: ['164.312(b)'],
    owaspServerless: ['A10'],
    csaSas: ['SAS-5'],
  },

  *check(app) {
    for (const alarm of app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      // Part of another alarm, or what a deployment waits for.
      const watched = isWatched(app, alarm);
      if (watched === 'yes') continue;
      const actions = alarm.get('AlarmActions');
      const some = agreed(actions.branches.map(branch => verdict(branch.items.length > 0)));
      const enabled = not(alarm.get('ActionsEnabled').satisfies(({ boolean }) => boolean === false));
      yield {
        resource: alarm,
        property: some === 'yes' ? 'ActionsEnabled' : 'AlarmActions',
        holds: any([all([some, enabled]), watched]),
        message: () => some === 'yes'
          ? `actions are turned off by \`${alarm.get('ActionsEnabled')}\`, expected \`true\``
          : `the actions are \`${actions}\`, expected at least one`,
      };
    }
  },
});
