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
const composite = (rule: unknown) => ({ Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: rule, AlarmActions: ['arn'] } });
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
    'a part of another alarm by a name that a parameter begins': {
      sections: { Parameters: { Stage: { Type: 'String' } } },
      resources: {
        Alarm: alarm({ AlarmName: { 'Fn::Sub': '${Stage}-errors' } }),
        Composite: composite({ 'Fn::Sub': 'ALARM("arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${Stage}-errors")' }),
      },
    },
    'a part of an alarm of another stack by its name': {
      templates: {
        Alarms: { Resources: { Alarm: alarm({ AlarmName: 'errors' }) } },
        Composites: { Resources: { Composite: composite('ALARM(errors)') } },
      },
    },
    'an alarm that rolls a deployment back by its name': {
      resources: {
        Alarm: alarm({ AlarmName: 'errors' }), Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { AlarmConfiguration: { Alarms: [{ Name: 'errors' }] } } },
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
    'a rule of another alarm that only deployment knows': {
      sections: { Parameters: { Rule: { Type: 'String' } } },
      resources: { Alarm: alarm(), Composite: composite({ Ref: 'Rule' }) },
      findings: [none('(not set)')],
    },
    'a rule of another alarm that names one by a parameter': {
      sections: { Parameters: { Name: { Type: 'String' } } },
      resources: { Alarm: alarm({ AlarmName: 'errors' }), Composite: composite({ 'Fn::Sub': 'ALARM("${Name}") OR ALARM("throttles")' }) },
      findings: [none('(not set)')],
    },
    'a deployment that is rolled back by an alarm of a parameter': {
      sections: { Parameters: { Name: { Type: 'String' } } },
      resources: { Alarm: alarm(), Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { AlarmConfiguration: { Alarms: [{ Name: { Ref: 'Name' } }] } } } },
      findings: [none('(not set)')],
    },
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
    'an alarm beside one that a rule names, in any region': {
      resources: { Alarm: alarm({ AlarmName: 'errors' }), Composite: composite({ 'Fn::Sub': 'ALARM("arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:throttles")' }) },
      findings: [none('(not set)')],
    },
    'an alarm beside one that a rule names by a parameter': {
      sections: { Parameters: { Stage: { Type: 'String' } } },
      resources: {
        Alarm: alarm(), Errors: alarm({ AlarmName: { 'Fn::Sub': '${Stage}-errors' } }), Composite: composite({ 'Fn::Sub': 'ALARM("${Stage}-errors")' }),
      },
      findings: [none('(not set)')],
    },
    'an alarm without a name beside one that rolls a deployment back': {
      resources: {
        Alarm: alarm(),
        Rollback: alarm(),
        Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { AlarmConfiguration: { Alarms: [{ Name: { Ref: 'Rollback' } }] } } },
      },
      findings: [none('(not set)')],
    },
    'an alarm of the same name in another stack': {
      templates: { Alarms: { Resources: { Alarm: alarm({ AlarmName: 'errors' }) } }, Composites: { Resources: { A: alarm({ AlarmName: 'errors' }), Composite: composite('ALARM(errors)') } } },
      findings: [{ ...none('(not set)'), at: 'Alarms/Alarm' }],
    },
    'a composite alarm without, whose parts have none either': {
      resources: { Composite: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM("errors")' } }, Alarm: alarm({ AlarmName: 'errors' }) },
      findings: [{ ...none('(not set)'), at: 'Stack/Composite' }],
    },
    'what the CDK makes by default': { app: stack => void errors(stack), findings: [{ ...none('(not set)'), at: 'Stack/Alarm/Resource' }] },
  },
});
