import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Properties that set how much is logged. The variables are those of Powertools for AWS Lambda and of the loggers most in use. */
const LEVELS = ['LoggingConfig.ApplicationLogLevel', 'LoggingConfig.SystemLogLevel', 'Environment.Variables.LOG_LEVEL', 'Environment.Variables.POWERTOOLS_LOG_LEVEL'];
const CHATTY = ['DEBUG', 'TRACE', 'ALL', 'SILLY'];

export const logLevel = defineRule({
  id: 'lambda/log-level',
  severity: Severity.MEDIUM,
  summary: 'Functions don\'t log what is for debugging',
  rationale: 'Lines for debugging hold what a function works on: data of customers, tokens, whole events, for everybody who may read logs.',
  remedy: 'Log at `INFO` or above, and raise the level for as long as a fault is looked for.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, loggingFormat: lambda.LoggingFormat.JSON, applicationLogLevelV2: lambda.ApplicationLogLevel.INFO });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html'],
  peers: {},
  compliance: { nist80053: ['AU-3(3)', 'SI-11'], pciDss: ['3.3.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A3'], csaSas: ['SAS-5'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const set = LEVELS.map(property => [property, fn.get(property)] as const).filter(([, level]) => level.kind !== 'absent');
      if (set.length === 0) yield { resource: fn, property: LEVELS[0], holds: 'yes', message: () => '' };
      for (const [property, level] of set) {
        yield {
          resource: fn,
          property,
          holds: not(level.satisfies(({ text }) => CHATTY.includes(text?.trim().toUpperCase() ?? ''))),
          message: () => `the log level is \`${level}\`, expected \`INFO\` or above`,
        };
      }
    }
  },
});
