import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { targetFailuresKept } from '../../../src/rules/scheduler/target-failures-kept';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const schedule = scheduler.ScheduleExpression.rate(Duration.hours(1));
const NOT_SET = { at: 'Stack/Schedule', property: 'Target.DeadLetterConfig', message: 'dead-letter queue is `(not set)`, expected a queue' };

testRule(targetFailuresKept, {
  valid: {
    'a queue': {
      app: stack => void new scheduler.Schedule(stack, 'Schedule', {
        schedule, target: new LambdaInvoke(new lambda.Function(stack, 'Fn', CODE), { deadLetterQueue: new sqs.Queue(stack, 'Undelivered') }),
      }),
    },
  },
  unknown: {
    'a queue by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: {
        Schedule: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: { Target: { DeadLetterConfig: { 'Fn::If': ['IsLive', { Arn: 'arn' }, { Ref: 'AWS::NoValue' }] } } },
        },
      },
      findings: [{ ...NOT_SET, message: 'dead-letter queue is `arn or (not set)`, expected a queue' }],
    },
  },
  invalid: {
    'a real schedule': {
      app: stack => void new scheduler.Schedule(stack, 'Schedule', { schedule, target: new LambdaInvoke(new lambda.Function(stack, 'Fn', CODE)) }),
      findings: [{ ...NOT_SET, at: 'Stack/Schedule/Resource' }],
    },
    'a schedule without target': { resources: { Schedule: { Type: 'AWS::Scheduler::Schedule' } }, findings: [NOT_SET] },
  },
});
