import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SecureFunction } from '../../../src';
import { alarmHasAction } from '../../../src/rules/cloudwatch/alarm-has-action';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const alarm = (properties: object = {}) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: properties });
const none = (actions: string) => ({ at: 'Stack/Alarm', property: 'AlarmActions', message: `the actions are \`${actions}\`, expected at least one` });

function errors(stack: any) {
  const fn = new lambda.Function(stack, 'Fn', CODE);
  return { fn, alarm: fn.metricErrors().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 }) };
}

testRule(alarmHasAction, {
  valid: {
    'an action': { resources: { Alarm: alarm({ AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] }) } },
    'an action in the CDK': { app: stack => errors(stack).alarm.addAlarmAction(new SnsAction(new sns.Topic(stack, 'Topic'))) },
    'actions that somebody fills in': {
      sections: { Parameters: { Actions: { Type: 'CommaDelimitedList' } } }, resources: { Alarm: alarm({ AlarmActions: { Ref: 'Actions' } }) },
    },
    'a part of another alarm': {
      app: stack => new cloudwatch.CompositeAlarm(stack, 'Composite', { alarmRule: cloudwatch.AlarmRule.fromAlarm(errors(stack).alarm, cloudwatch.AlarmState.ALARM) })
        .addAlarmAction(new SnsAction(new sns.Topic(stack, 'Topic'))),
    },
    'a part of another alarm by its name': {
      resources: {
        Alarm: alarm({ AlarmName: 'errors' }),
        Composite: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM("errors") OR ALARM(throttles)', AlarmActions: ['arn'] } },
      },
    },
    'an alarm that rolls a deployment back': {
      app: stack => {
        const { fn, alarm: onErrors } = errors(stack);
        const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
        new codedeploy.LambdaDeploymentGroup(stack, 'Deployment', { alias, alarms: [onErrors] });
      },
    },
    'a secure function': { app: stack => void new SecureFunction(stack, 'Fn', CODE) },
  },
  unknown: {
    'an action by a condition': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: { Alarm: alarm({ AlarmActions: { 'Fn::If': ['Live', ['arn'], { Ref: 'AWS::NoValue' }] } }) },
      findings: [none('["arn"] or (not set)')],
    },
  },
  invalid: {
    'none': { resources: { Alarm: alarm() }, findings: [none('(not set)')] },
    'an empty list': { resources: { Alarm: alarm({ AlarmActions: [] }) }, findings: [none('[]')] },
    'an action for when all is well': { resources: { Alarm: alarm({ OKActions: ['arn'] }) }, findings: [none('(not set)')] },
    'actions that are turned off': {
      resources: { Alarm: alarm({ AlarmActions: ['arn'], ActionsEnabled: false }) },
      findings: [{ at: 'Stack/Alarm', property: 'ActionsEnabled', message: 'actions are turned off by `false`, expected `true`' }],
    },
    'a composite alarm without, whose parts have none either': {
      resources: { Composite: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM("errors")' } }, Alarm: alarm({ AlarmName: 'errors' }) },
      findings: [{ ...none('(not set)'), at: 'Stack/Composite' }],
    },
    'what the CDK makes by default': { app: stack => void errors(stack), findings: [{ ...none('(not set)'), at: 'Stack/Alarm/Resource' }] },
  },
});
