import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Alarms, FleetAlarms, SecureFunction } from '../../../src';
import { errorsAlarmed } from '../../../src/rules/lambda/errors-alarmed';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const FN = { Type: 'AWS::Lambda::Function', Properties: {} };
const alarm = (properties: object, more: object = {}) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: properties, ...more });
const errorsOf = (name: unknown) => ({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: name }] });
const selecting = (Expression: unknown) => alarm({ Metrics: [{ Id: 'fleet', Expression }] });
const NONE = { at: 'Stack/Fn', message: 'no `AWS::CloudWatch::Alarm` watches the errors of `Fn`, expected one' };
const UNSURE = { at: 'Stack/Fn', message: 'no `AWS::CloudWatch::Alarm` is known to watch the errors of `Fn`, expected one', reasons: ['Stack/Alarm may watch it'] };
const ALL = 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)';
const TAGGED = { Type: 'AWS::Lambda::Function', Properties: { Tags: [{ Key: 'team', Value: 'orders' }, { Key: 'stage', Value: 'live' }] } };

testRule(errorsAlarmed, {
  valid: {
    'an alarm of its own': { resources: { Fn: FN, Alarm: alarm(errorsOf({ Ref: 'Fn' })) } },
    'an alarm by its name': {
      resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'orders' } }, Alarm: alarm(errorsOf('orders')) },
    },
    'an alarm on an alias': {
      resources: {
        Fn: FN,
        Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' } } },
        Alarm: alarm({
          ...errorsOf({ Ref: 'Fn' }), Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Fn' } }, { Name: 'Resource', Value: { 'Fn::Sub': '${Fn}:live' } }],
        }),
      },
    },
    'a rate of errors': {
      resources: { Fn: FN, Alarm: alarm({ Metrics: [{ Id: 'errors', MetricStat: { Metric: errorsOf({ Ref: 'Fn' }) } }, { Id: 'rate', Expression: '100 * errors' }] }) },
    },
    'the errors of all functions': { resources: { Fn: FN, Alarm: alarm({ Namespace: 'AWS/Lambda', MetricName: 'Errors' }) } },
    'a query over all functions': { resources: { Fn: FN, Alarm: selecting(`${ALL} GROUP BY FunctionName`) } },
    'a query over functions with its tags': { resources: { Fn: TAGGED, Alarm: selecting(`${ALL} WHERE tag.team = 'orders' AND tag.stage = 'live' ORDER BY SUM() DESC`) } },
    'an alarm in another stack': {
      templates: {
        Stack: { Resources: { Fn: FN }, Outputs: { Name: { Value: { Ref: 'Fn' }, Export: { Name: 'fn' } } } },
        Watch: { Resources: { Alarm: alarm(errorsOf({ 'Fn::ImportValue': 'fn' })) } },
      },
    },
    'an alarm as the CDK makes it': {
      app: stack => void new lambda.Function(stack, 'Fn', CODE).metricErrors().createAlarm(stack, 'Errors', { threshold: 1, evaluationPeriods: 1 }),
    },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
    'a fleet of secure functions': {
      app: stack => {
        new FleetAlarms(stack, 'Alarms', { resourceTagsOnTelemetry: true });
        new SecureFunction(stack, 'Fn', CODE);
      },
    },
  },
  unknown: {
    'an alarm on what somebody fills in': {
      sections: { Parameters: { Name: { Type: 'String' } } }, resources: { Fn: FN, Alarm: alarm(errorsOf({ Ref: 'Name' })) }, findings: [UNSURE],
    },
    'an alarm that a condition makes': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: { Fn: FN, Alarm: alarm(errorsOf({ Ref: 'Fn' }), { Condition: 'Live' }) },
      findings: [UNSURE],
    },
    'a query that selects in another way': { resources: { Fn: FN, Alarm: selecting(`${ALL} WHERE FunctionName != 'orders'`) }, findings: [UNSURE] },
  },
  invalid: {
    'none': { resources: { Fn: FN }, findings: [{ ...NONE, reasons: [] }] },
    'an alarm of another function': { resources: { Fn: FN, Alarm: alarm(errorsOf('payments')) }, findings: [NONE] },
    'an alarm on something else': { resources: { Fn: FN, Alarm: alarm({ ...errorsOf({ Ref: 'Fn' }), MetricName: 'Duration' }) }, findings: [NONE] },
    'a query over functions of another tag': { resources: { Fn: TAGGED, Alarm: selecting(`${ALL} WHERE tag.team = 'payments'`) }, findings: [NONE] },
    'a query of which it has one tag of two': {
      resources: { Fn: TAGGED, Alarm: selecting(`${ALL} WHERE tag.team = 'orders' AND tag.stage = 'test'`) }, findings: [NONE],
    },
    'what the CDK makes by default': {
      app: stack => void new lambda.Function(stack, 'Fn', CODE),
      findings: [{ at: 'Stack/Fn/Resource', message: expect.stringMatching(/^no `AWS::CloudWatch::Alarm` watches the errors of `Fn\w+`, expected one$/) }],
    },
    'a secure function that was to have none': {
      app: stack => void new SecureFunction(stack, 'Fn', { ...CODE, alarms: Alarms.none('another system watches the function') }),
      findings: [{ at: 'Stack/Fn/Resource', message: expect.stringMatching(/^no `AWS::CloudWatch::Alarm` watches the errors of `Fn\w+`, expected one$/) }],
    },
  },
});
