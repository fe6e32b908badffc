import { mayUseKey } from '../../iam/key-users';
import { agreed } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const alarmDeliverable = defineRule({
  id: 'cloudwatch/alarm-deliverable',
  severity: Severity.MEDIUM,
  summary: 'Alarms can be delivered to the topics that they are sent to',
  rationale: 'CloudWatch needs the key of an encrypted topic. Without it alarms are dropped, and nothing says so; the key that AWS keeps for SNS admits nobody else.',
  remedy: 'Encrypt the topic with a key of your own whose policy lets `cloudwatch.amazonaws.com` use it.',
  fix: 'key.grant(new iam.ServicePrincipal(\'cloudwatch.amazonaws.com\'), \'kms:Decrypt\', \'kms:GenerateDataKey*\');',
  references: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html',
  ],
  peers: {},
  compliance: { nist80053: ['AU-5', 'SI-4(5)'], pciDss: ['10.7.2'], owaspServerless: ['A10'], csaSas: ['SAS-5'] },

  *check(app) {
    for (const alarm of app.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      for (const topic of new Set(alarm.get('AlarmActions').items.flatMap(action => action.targets))) {
        if (topic.type !== 'AWS::SNS::Topic') continue;
        const key = topic.get('KmsMasterKeyId');
        yield {
          resource: topic,
          property: 'KmsMasterKeyId',
          holds: agreed(key.branches.map(branch => {
            if (branch.kind === 'absent' || branch.text === '') return 'yes';
            if (/(^|:)alias\/aws\/sns$/.test(String(branch))) return 'no';
            return mayUseKey(app, branch, 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey']);
          })),
          message: () => `key \`${key}\` keeps alarms out, expected one that lets \`cloudwatch.amazonaws.com\` in`,
          reasons: () => [{ resource: alarm, property: 'AlarmActions', text: `${alarm} goes to ${topic}` }],
        };
      }
    }
  },
});
