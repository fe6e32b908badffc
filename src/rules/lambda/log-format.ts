import { isAtEdge } from '../../model/lambda/at-edge';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const logFormat = defineRule({
  id: 'lambda/log-format',
  severity: Severity.LOW,
  summary: 'Functions log in JSON',
  rationale: 'Lines of plain text can not be searched by field nor filtered by level, and what a caller sends may forge further lines.',
  remedy: 'Choose JSON as the format of the logs.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, loggingFormat: lambda.LoggingFormat.JSON });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html'],
  peers: {},
  compliance: { nist80053: ['AU-3', 'AU-7'], pciDss: ['10.2.2'], owaspServerless: ['A10'], csaSas: ['SAS-5'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      if (isAtEdge(app, fn)) continue;
      const format = fn.get('LoggingConfig.LogFormat').or('Text');
      yield {
        resource: fn,
        property: 'LoggingConfig.LogFormat',
        holds: format.is('JSON'),
        message: () => `the format of the logs is \`${format}\`, expected \`JSON\``,
      };
    }
  },
});
