import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { SecureFunction } from '../../../src';
import { logRetention } from '../../../src/rules/lambda/log-retention';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const LOGGING = { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'Logs' } } } };
const logGroup = (properties: object = {}) => ({ Type: 'AWS::Logs::LogGroup', Properties: properties });
const retained = (retention: string, days = 1) =>
  ({ at: 'Stack/Logs', property: 'RetentionInDays', message: `logs in \`\${Stack/Logs.Ref}\` have the retention \`${retention}\`, expected at least \`${days}\` days` });

testRule(logRetention, {
  valid: {
    'a group with a retention': { resources: { Fn: LOGGING, Logs: logGroup({ RetentionInDays: 30 }) } },
    'the least that is asked for': { resources: { Fn: LOGGING, Logs: logGroup({ RetentionInDays: 365 }) }, options: { minimumDays: 365 } },
    'a group of the name that Lambda would give it': {
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
        Logs: logGroup({ LogGroupName: { 'Fn::Sub': '/aws/lambda/${Fn}' }, RetentionInDays: 30 }),
      },
    },
    'a group as the CDK makes it': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, logGroup: new logs.LogGroup(stack, 'Logs') }),
    },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'a group from elsewhere': {
      resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: 'shared' } } } },
      findings: [{
        at: 'Stack/Fn', property: 'LoggingConfig.LogGroup', message: 'logs in `shared` have the retention `(unknown)`, expected at least `1` days',
      }],
    },
    'a retention from a parameter': {
      sections: { Parameters: { Days: { Type: 'Number' } } },
      resources: { Fn: LOGGING, Logs: logGroup({ RetentionInDays: { Ref: 'Days' } }) },
      findings: [{ ...retained('${parameter Days}'), reasons: ['Stack/Fn logs to `${Stack/Logs.Ref}`'] }],
    },
  },
  invalid: {
    'a group that keeps logs for ever': { resources: { Fn: LOGGING, Logs: logGroup() }, findings: [retained('(not set)')] },
    'one day less than is asked for': {
      resources: { Fn: LOGGING, Logs: logGroup({ RetentionInDays: 364 }) }, options: { minimumDays: 365 }, findings: [retained('364', 365)],
    },
    'for ever, in the CDK': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, logGroup: new logs.LogGroup(stack, 'Logs', { retention: logs.RetentionDays.INFINITE }) }),
      findings: [{ at: 'Stack/Logs/Resource', property: 'RetentionInDays', message: expect.stringContaining('have the retention `(not set)`') }],
    },
    'the group that Lambda makes by itself': {
      resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: {} } },
      findings: [{
        at: 'Stack/Fn',
        property: 'LoggingConfig.LogGroup',
        message: 'logs in `/aws/lambda/${Stack/Fn.Ref}` have the retention `(not set)`, expected at least `1` days',
      }],
    },
  },
});
