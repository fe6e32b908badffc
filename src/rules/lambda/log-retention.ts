import { isAtEdge } from '../../model/lambda/at-edge';
import { logGroupOf } from '../../model/lambda/log-group-of';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const logRetention = defineRule({
  id: 'lambda/log-retention',
  severity: Severity.LOW,
  summary: 'Each function writes to a log group that keeps its logs for a set time',
  rationale: 'The log group that Lambda makes by itself keeps everything for ever, personal data included, and belongs to no stack that would remove it.',
  remedy: 'Make a log group with a retention and give it to the function.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, logGroup: new logs.LogGroup(this, \'Logs\', { retention: logs.RetentionDays.ONE_YEAR }) });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16',
  ],
  peers: { 'cdk-nag': ['CloudWatchLogGroupRetentionPeriod'], 'checkov': ['CKV_AWS_66'], 'cfn_nag': ['W86'], 'Security Hub': ['CloudWatch.16'], 'Sonar': ['S6295'] },
  compliance: { securityHub: ['CloudWatch.16'], nist80053: ['AU-11', 'SI-12'], pciDss: ['3.2.1', '10.5.1'], hipaa: ['164.312(b)'], owaspServerless: ['A10'], csaSas: ['SAS-5'] },
  options: {
    minimumDays: { type: 'number', description: 'For how many days logs are kept at least', default: 1, min: 1 },
  },

  *check(app, { minimumDays }) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      if (isAtEdge(app, fn)) continue;
      const { name, logGroup, retention } = logGroupOf(app, fn);
      const settledBy = logGroup ?? retention;
      const days = settledBy?.get('RetentionInDays');
      const given = fn.get('LoggingConfig.LogGroup').kind !== 'absent';
      yield {
        resource: settledBy ?? fn,
        property: settledBy ? 'RetentionInDays' : 'LoggingConfig.LogGroup',
        holds: days ? days.isNumber(number => number >= minimumDays) : given ? 'unknown' : 'no',
        message: () => `logs in \`${name}\` have the retention \`${days ?? (given ? '(unknown)' : '(not set)')}\`, expected at least \`${minimumDays}\` days`,
        reasons: () => [{ resource: fn, property: 'LoggingConfig.LogGroup', text: `${fn} logs to \`${name}\`` }],
      };
    }
  },
});
