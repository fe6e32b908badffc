import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { triggerRolesScoped } from '../../../src/rules/iam/trigger-roles-scoped';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const invoke = (...functions: unknown[]) => ({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functions });
const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

/** Two functions and a role that schedules, pipes and the like have. */
function resources(host: object, statement: object, role: object = {}, service = 'scheduler.amazonaws.com') {
  return {
    One: { Type: 'AWS::Lambda::Function' },
    Two: { Type: 'AWS::Lambda::Function' },
    Host: host,
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] },
        Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }],
        ...role,
      },
    },
  };
}
const SCHEDULE = { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: arn('One'), RoleArn: arn('Role') } } };
const machine = (parameters: object) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    RoleArn: arn('Role'),
    Definition: { StartAt: 'Call', States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: parameters, End: true } } },
  },
});
const found = (what: string) => [{
  at: 'Stack/Role',
  property: 'Policies.0.PolicyDocument.Statement.0.Resource',
  message: `\`Stack/Host\` may invoke ${what}, expected only functions that it targets`,
  reasons: ['Stack/Host has the role Stack/Role'],
}];

function fn(stack: Stack, id: string) {
  return new lambda.Function(stack, id, CODE);
}

testRule(triggerRolesScoped, {
  valid: {
    'a schedule that invokes its target': { resources: resources(SCHEDULE, invoke(arn('One'))) },
    'its versions, too': { resources: resources(SCHEDULE, invoke(arn('One'), { 'Fn::Join': ['', [arn('One'), ':*']] })) },
    'a schedule of the CDK': {
      app: stack => void new scheduler.Schedule(stack, 'Schedule', { schedule: scheduler.ScheduleExpression.cron({}), target: new targets.LambdaInvoke(fn(stack, 'Fn')) }),
    },
    'a state machine of the CDK': {
      app: stack => void new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'One', { lambdaFunction: fn(stack, 'Fn') })
          .next(new tasks.LambdaInvoke(stack, 'Two', { lambdaFunction: fn(stack, 'Other').currentVersion }))),
      }),
    },
    'a pipe that has a function in between': {
      resources: resources({ Type: 'AWS::Pipes::Pipe', Properties: { RoleArn: arn('Role'), Enrichment: arn('One'), Target: arn('Two') } }, invoke(arn('One'), arn('Two')), {}, 'pipes.amazonaws.com'),
    },
    'two schedules with one role': {
      resources: {
        ...resources(SCHEDULE, invoke(arn('One'), arn('Two'))), Other: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: arn('Two'), RoleArn: arn('Role') } } },
      },
    },
    'other actions on everything': { resources: resources(SCHEDULE, { Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: '*' }) },
    'a denial': { resources: resources(SCHEDULE, { ...invoke(arn('Two')), Effect: 'Deny' }) },
    'a function, of which other rules speak': {
      app: stack => fn(stack, 'Fn').addToRolePolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: ['*'] })),
    },
    'a rule without a role': { app: stack => void new events.Rule(stack, 'Rule', { schedule: events.Schedule.cron({}) }) },
  },
  unknown: {
    'a role that others may use by its name': { resources: resources(SCHEDULE, invoke(arn('Two')), { RoleName: 'caller' }), findings: found('`Stack/Two`') },
    'a role that another service assumes as well': {
      resources: resources(SCHEDULE, invoke(arn('Two')), {}, 'codepipeline.amazonaws.com'), findings: found('`Stack/Two`'),
    },
    'a state machine that chooses while it runs': {
      resources: resources(machine({ 'FunctionName.$': '$.name' }), invoke(arn('Two')), {}, 'states.amazonaws.com'), findings: found('`Stack/Two`'),
    },
    'a state machine whose definition stands elsewhere': {
      resources: resources(
        { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arn('Role'), DefinitionS3Location: { Bucket: 'b', Key: 'k' } } },
        invoke(arn('Two')), {}, 'states.amazonaws.com',
      ),
      findings: found('`Stack/Two`'),
    },
    'functions that a parameter names': {
      sections: { Parameters: { Functions: { Type: 'String' } } }, resources: resources(SCHEDULE, invoke({ Ref: 'Functions' })), findings: found('any function'),
    },
  },
  invalid: {
    'a schedule that invokes another function, too': { resources: resources(SCHEDULE, invoke(arn('One'), arn('Two'))), findings: found('`Stack/Two`') },
    'any function': { resources: resources(SCHEDULE, invoke('*')), findings: found('any function') },
    'all functions of the account': { resources: resources(SCHEDULE, invoke('arn:aws:lambda:eu-west-1:111111111111:function:*')), findings: found('any function') },
    'all but one': {
      resources: resources(SCHEDULE, { Effect: 'Allow', Action: 'lambda:*', NotResource: arn('Two') }),
      findings: [{ ...found('any function')[0], property: 'Policies.0.PolicyDocument.Statement.0.NotResource' }],
    },
    'any function, by whatever name it has': { resources: resources(SCHEDULE, invoke('*'), { RoleName: 'caller' }), findings: found('any function') },
    'a state machine that calls one and may invoke two': {
      resources: resources(machine({ FunctionName: arn('One') }), invoke(arn('One'), arn('Two')), {}, 'states.amazonaws.com'), findings: found('`Stack/Two`'),
    },
    'a route of an API': {
      resources: resources(
        { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Credentials: arn('Role'), Uri: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${One.Arn}/invocations' } } } },
        invoke(arn('One'), arn('Two')), {}, 'apigateway.amazonaws.com',
      ),
      findings: found('`Stack/Two`'),
    },
  },
});
