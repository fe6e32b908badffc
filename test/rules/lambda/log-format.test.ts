import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { logFormat } from '../../../src/rules/lambda/log-format';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const format = (LogFormat: unknown) => ({ Fn: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogFormat } } } });
const finding = (found: string) => ({ at: 'Stack/Fn', property: 'LoggingConfig.LogFormat', message: `the format of the logs is \`${found}\`, expected \`JSON\`` });

testRule(logFormat, {
  valid: {
    'JSON': { resources: format('JSON') },
    'JSON in the CDK': { app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, loggingFormat: lambda.LoggingFormat.JSON }) },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a parameter': {
      sections: { Parameters: { Format: { Type: 'String' } } }, resources: format({ Ref: 'Format' }), findings: [finding('${parameter Format}')],
    },
  },
  invalid: {
    'text': { resources: format('Text'), findings: [finding('Text')] },
    'the default': { app: stack => void new lambda.Function(stack, 'Fn', CODE), findings: [{ ...finding('Text'), at: 'Stack/Fn/Resource' }] },
  },
});
