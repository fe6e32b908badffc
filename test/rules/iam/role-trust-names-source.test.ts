import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { roleTrustNamesSource } from '../../../src/rules/iam/role-trust-names-source';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const trusting = (Principal: unknown, more: object = {}) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }] } } },
});
const found = (services: string) => [{
  at: 'Stack/Role',
  property: 'AssumeRolePolicyDocument.Statement.0.Condition',
  message: `\`${services}\` may assume the role on behalf of anybody, expected the ARN or the account of the source`,
}];

testRule(roleTrustNamesSource, {
  valid: {
    'the schedules of an account': { resources: trusting({ Service: 'scheduler.amazonaws.com' }, { Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } } }) },
    'the rules of an account': {
      resources: trusting({ Service: 'events.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:111111111111:rule/*' } } }),
    },
    'the role that the CDK makes for a schedule': {
      app: stack => new scheduler.Schedule(stack, 'Schedule', {
        schedule: scheduler.ScheduleExpression.cron({}), target: new LambdaInvoke(new lambda.Function(stack, 'Fn', CODE)),
      }),
    },
    'Lambda, which doesn\'t tell': { resources: trusting({ Service: 'lambda.amazonaws.com' }) },
    'API Gateway, of which it isn\'t known': { resources: trusting({ Service: 'apigateway.amazonaws.com' }) },
    'a role that Lambda assumes as well, which would fail': { resources: trusting({ Service: ['scheduler.amazonaws.com', 'lambda.amazonaws.com'] }) },
    'an account': { resources: trusting({ AWS: '222222222222' }) },
  },
  unknown: {
    'what a parameter puts in front of an ARN': {
      sections: { Parameters: { Rules: { Type: 'String' } } },
      resources: trusting({ Service: 'events.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': { Ref: 'Rules' } } } }),
      findings: found('events'),
    },
  },
  invalid: {
    'any schedule': { resources: trusting({ Service: 'scheduler.amazonaws.com' }), findings: found('scheduler') },
    'any rule and any pipe': { resources: trusting({ Service: ['events.amazonaws.com', 'pipes.amazonaws.com'] }), findings: found('events, pipes') },
    'log groups of any account': {
      resources: trusting({ Service: 'logs.amazonaws.com' }, { Condition: { StringLike: { 'aws:SourceArn': 'arn:aws:logs:eu-west-1:*:*' } } }), findings: found('logs'),
    },
    'the service in a region': { resources: trusting({ Service: 'states.eu-west-1.amazonaws.com' }), findings: found('states') },
    'any state machine': { resources: trusting({ Service: 'states.amazonaws.com' }), findings: found('states') },
  },
});
