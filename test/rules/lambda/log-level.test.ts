import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { logLevel } from '../../../src/rules/lambda/log-level';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const logging = (LoggingConfig: object, Variables: object = {}) => ({
  Fn: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig, Environment: { Variables } } },
});
const finding = (property: string, level: string) => ({ at: 'Stack/Fn', property, message: `the log level is \`${level}\`, expected \`INFO\` or above` });

testRule(logLevel, {
  valid: {
    'none, which is INFO': { resources: logging({}) },
    'INFO': { resources: logging({ ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' }, { LOG_LEVEL: 'info', POWERTOOLS_LOG_LEVEL: 'WARN' }) },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Level: { Type: 'String' } } },
      resources: logging({ ApplicationLogLevel: { Ref: 'Level' } }),
      findings: [finding('LoggingConfig.ApplicationLogLevel', '${parameter Level}')],
    },
  },
  invalid: {
    'DEBUG': { resources: logging({ ApplicationLogLevel: 'DEBUG' }), findings: [finding('LoggingConfig.ApplicationLogLevel', 'DEBUG')] },
    'DEBUG of the system': { resources: logging({ SystemLogLevel: 'DEBUG' }), findings: [finding('LoggingConfig.SystemLogLevel', 'DEBUG')] },
    'a variable for the logger': {
      resources: logging({ ApplicationLogLevel: 'INFO' }, { POWERTOOLS_LOG_LEVEL: 'debug' }),
      findings: [finding('Environment.Variables.POWERTOOLS_LOG_LEVEL', 'debug')],
    },
    'TRACE in the CDK': {
      app: stack => void new lambda.Function(stack, 'Fn', {
        ...CODE, loggingFormat: lambda.LoggingFormat.JSON, applicationLogLevelV2: lambda.ApplicationLogLevel.TRACE,
      }),
      findings: [{ ...finding('LoggingConfig.ApplicationLogLevel', 'TRACE'), at: 'Stack/Fn/Resource' }],
    },
  },
});
