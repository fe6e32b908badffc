import { aws_sqs as sqs, aws_lambda_event_sources as sources, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks, triggers } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { callsNoFunction } from '../../../src/rules/lambda/calls-no-function';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const message = (caller: string, callee: string) =>
  `\`${caller}\` may call \`${callee}\`, expected a queue, a topic, an event bus or a state machine between them`;
const role = (statement: object) => ({
  Caller: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Callee: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'callee' } },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', ...statement }] } }] },
  },
});
const CALLEE = { 'Fn::GetAtt': ['Callee', 'Arn'] };
const found = [{ at: 'Stack/Role', property: 'Policies.0.PolicyDocument.Statement.0.Resource', message: message('Stack/Caller', 'Stack/Callee') }];

testRule(callsNoFunction, {
  valid: {
    'a queue between them': {
      app: stack => {
        const queue = new sqs.Queue(stack, 'Queue');
        queue.grantSendMessages(new lambda.Function(stack, 'Caller', CODE));
        new lambda.Function(stack, 'Callee', CODE).addEventSource(new sources.SqsEventSource(queue));
      },
    },
    'a state machine that calls': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Task', { lambdaFunction: fn })) });
      },
    },
    'the CDK that calls': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        new Provider(stack, 'Provider', { onEventHandler: fn });
        new triggers.Trigger(stack, 'Trigger', { handler: fn });
      },
    },
    'another action': { resources: role({ Action: 'lambda:GetFunction', Resource: CALLEE }) },
    'a denial': { resources: role({ Effect: 'Deny', Resource: CALLEE }) },
    'itself': { resources: role({ Resource: { 'Fn::GetAtt': ['Caller', 'Arn'] } }) },
  },
  unknown: {
    'a statement that a condition decides on': {
      sections: { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } },
      resources: role({ Resource: { 'Fn::If': ['Sometimes', CALLEE, 'arn:aws:lambda:eu-west-1:123456789012:function:elsewhere'] } }),
      findings: found,
    },
  },
  invalid: {
    'a grant of the CDK, once': {
      app: stack => new lambda.Function(stack, 'Callee', CODE).grantInvoke(new lambda.Function(stack, 'Caller', CODE)),
      findings: [{
        at: 'Stack/Caller/ServiceRole/DefaultPolicy/Resource',
        property: 'PolicyDocument.Statement.0.Resource',
        message: message('Stack/Caller/Resource', 'Stack/Callee/Resource'),
        reasons: ['Stack/Caller/Resource has the role Stack/Caller/ServiceRole/Resource', 'which may call Stack/Callee/Resource'],
      }],
    },
    'a version': {
      app: stack => new lambda.Function(stack, 'Callee', CODE).currentVersion.grantInvoke(new lambda.Function(stack, 'Caller', CODE)),
      findings: [{
        at: 'Stack/Caller/ServiceRole/DefaultPolicy/Resource',
        property: 'PolicyDocument.Statement.0.Resource',
        message: message('Stack/Caller/Resource', 'Stack/Callee/Resource'),
      }],
    },
    'a name': { resources: role({ Resource: { 'Fn::Sub': 'arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:callee' } }), findings: found },
    'any action of Lambda': { resources: role({ Action: 'lambda:*', Resource: CALLEE }), findings: found },
  },
});
