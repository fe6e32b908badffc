import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { targetFailuresKept } from '../../../src/rules/events/target-failures-kept';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const rule = (Targets: unknown) => ({ Rule: { Type: 'AWS::Events::Rule', Properties: { Targets } } });
const schedule = events.Schedule.rate(Duration.hours(1));

testRule(targetFailuresKept, {
  valid: {
    'a queue for each target': {
      app: stack => void new events.Rule(stack, 'Rule', {
        schedule, targets: [new targets.LambdaFunction(new lambda.Function(stack, 'Fn', CODE), { deadLetterQueue: new sqs.Queue(stack, 'Undelivered') })],
      }),
    },
    'a rule without targets': { resources: rule(undefined) },
    'targets of which nothing is known but the queue': { resources: rule([{ DeadLetterConfig: { Arn: { Ref: 'Somewhere' } } }]) },
  },
  unknown: {
    'a queue by a condition': {
      sections: { Parameters: { Live: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } } },
      resources: rule([{ Arn: 'arn:a', DeadLetterConfig: { 'Fn::If': ['IsLive', { Arn: 'b' }, { Ref: 'AWS::NoValue' }] } }]),
      findings: [{ at: 'Stack/Rule', property: 'Targets.0.DeadLetterConfig', message: 'dead-letter queue of target arn:a is `b or (not set)`, expected a queue' }],
    },
  },
  invalid: {
    'one of two targets without': {
      resources: rule([{ Arn: 'arn:a', DeadLetterConfig: { Arn: 'b' } }, { Arn: 'arn:c' }]),
      findings: [{ at: 'Stack/Rule', property: 'Targets.1.DeadLetterConfig', message: 'dead-letter queue of target arn:c is `(not set)`, expected a queue' }],
    },
    'a real rule': {
      app: stack => void new events.Rule(stack, 'Rule', { schedule, targets: [new targets.LambdaFunction(new lambda.Function(stack, 'Fn', CODE))] }),
      findings: [{
        at: 'Stack/Rule/Resource',
        property: 'Targets.0.DeadLetterConfig',
        message: 'dead-letter queue of target ${Stack/Fn/Resource.Arn} is `(not set)`, expected a queue',
      }],
    },
  },
});
