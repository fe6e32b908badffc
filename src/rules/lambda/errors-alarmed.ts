import { errorAlarms } from '../../model/cloudwatch/function-alarms';
import { isAtEdge } from '../../model/lambda/at-edge';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const errorsAlarmed = defineRule({
  id: 'lambda/errors-alarmed',
  severity: Severity.LOW,
  summary: 'An alarm watches the errors of each function',
  rationale: 'A function that fails, or is made to fail, goes unnoticed until somebody misses what it should have done.',
  remedy: 'Make an alarm on the metric `Errors` of the function, or one for all functions that a tag or a query selects.',
  fix: 'handler.metricErrors().createAlarm(this, \'Errors\', { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(topic));',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html',
  ],
  peers: {},
  compliance: { nist80053: ['AU-6(1)', 'CA-7', 'SI-4(5)'], pciDss: ['10.7.2'], hipaa: ['164.312(b)'], owaspServerless: ['A10'], csaSas: ['SAS-5'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      // Its metrics are in whichever region it runs.
      if (isAtEdge(app, fn)) continue;
      const { holds, alarms } = errorAlarms(app).watching(fn);
      yield {
        resource: fn,
        holds,
        message: () => `no \`AWS::CloudWatch::Alarm\` ${holds === 'no' ? 'watches' : 'is known to watch'} the errors of \`${fn.logicalId}\`, expected one`,
        reasons: () => alarms.slice(0, 3).map(alarm => ({ resource: alarm, property: 'Metrics', text: `${alarm} may watch it` })),
      };
    }
  },
});
