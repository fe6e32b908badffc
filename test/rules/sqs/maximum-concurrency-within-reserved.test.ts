import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { maximumConcurrencyWithinReserved } from '../../../src/rules/sqs/maximum-concurrency-within-reserved';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function mapping(maximum: unknown) {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:queue',
      FunctionName: { Ref: 'Fn' },
      ...maximum === undefined ? {} : { ScalingConfig: { MaximumConcurrency: maximum } },
    },
  };
}

function reading(reserved: unknown, ...maximums: unknown[]) {
  return {
    Fn: { Type: 'AWS::Lambda::Function', Properties: reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved } },
    ...Object.fromEntries(maximums.map((maximum, index) => [`Mapping${index}`, mapping(maximum)])),
  };
}

const PROPERTY = 'ScalingConfig.MaximumConcurrency';

testRule(maximumConcurrencyWithinReserved, {
  valid: {
    'as many as are reserved': { resources: reading(10, 10) },
    'as many as are reserved, from two queues': { resources: reading(10, 4, 6) },
    'no maximum': { resources: reading(10, undefined) },
    'nothing reserved': { resources: reading(undefined, 1000) },
    'a function that is switched off': { resources: reading(0, 5) },
  },
  unknown: {
    'a reservation from a parameter': {
      sections: { Parameters: { Reserved: { Type: 'Number' } } },
      resources: reading({ Ref: 'Reserved' }, 5),
      findings: [{
        at: 'Stack/Mapping0',
        property: PROPERTY,
        message: 'queues may hand `5` batches at once to Stack/Fn, expected at most the `${parameter Reserved}` executions that it reserves',
      }],
    },
  },
  invalid: {
    'one more than reserved, from two queues': {
      resources: reading(10, 5, 6),
      findings: [{
        at: 'Stack/Mapping0',
        property: PROPERTY,
        message: 'queues may hand `11` batches at once to Stack/Fn, expected at most the `10` executions that it reserves',
        reasons: ['Stack/Mapping0 hands over up to 5', 'Stack/Mapping1 hands over up to 6', 'Stack/Fn reserves 10'],
      }],
    },
    'a real event source': {
      app: stack => {
        const reader = new lambda.Function(stack, 'Reader', { ...CODE, reservedConcurrentExecutions: 4 });
        reader.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'), { maxConcurrency: 5 }));
      },
      findings: [{
        at: 'Stack/Reader/SqsEventSource:StackQueue1DEA7C94/Resource',
        property: PROPERTY,
        message: 'queues may hand `5` batches at once to Stack/Reader/Resource, expected at most the `4` executions that it reserves',
      }],
    },
  },
});
