import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { guardrailsKept } from '../../../src/rules/iam/guardrails-kept';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });

function role(statement: unknown): RuleCase {
  return {
    sections,
    resources: {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }] } },
    },
  };
}

const found = (actions: string, first: string) => [{
  at: 'Stack/Role',
  property: 'Policies.0.PolicyDocument.Statement.0.Action',
  message: `\`${actions}\` lets a function switch off what watches over the app or limits it by \`${first}\`, expected what it needs for its work`,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];

testRule(guardrailsKept, {
  valid: {
    'a plain function': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'a denial': role(allow('logs:DeleteLogGroup', { Effect: 'Deny' })),
    'an administrator, of whom another rule speaks': role(allow('*')),
    'reading by wildcards': role(allow(['s3:Get*', 'logs:Describe*', 'kms:GenerateDataKey*'])),
    'a pipeline': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') })
        .addToPolicy(new iam.PolicyStatement({ actions: ['logs:DeleteLogGroup'], resources: ['*'] })),
    },
    'what the CDK makes for its own work': { app: stack => void new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
    'writing logs': role(allow(['logs:CreateLogStream', 'logs:PutLogEvents'])),
    'concurrency, of which another rule speaks': role(allow('lambda:DeleteFunctionConcurrency')),
  },
  unknown: {
    'an action from a parameter': { ...role(allow({ Ref: 'Any' })), findings: found('${parameter Any}', 'cloudtrail:DeleteEventDataStore') },
    'a statement that a condition decides on': {
      ...role({ 'Fn::If': ['Sometimes', allow('logs:DeleteLogGroup'), { Ref: 'AWS::NoValue' }] }), findings: found('logs:DeleteLogGroup', 'logs:DeleteLogGroup'),
    },
  },
  invalid: {
    'logs, among others': { ...role(allow(['logs:PutLogEvents', 'logs:DeleteLogGroup'])), findings: found('logs:PutLogEvents, logs:DeleteLogGroup', 'logs:DeleteLogGroup') },
    'alarms, in whatever case': { ...role(allow('CloudWatch:disablealarmactions')), findings: found('CloudWatch:disablealarmactions', 'cloudwatch:DisableAlarmActions') },
    'all keys': { ...role(allow('kms:*')), findings: found('kms:*', 'kms:DisableKey') },
    'logs by a wildcard': { ...role(allow(['logs:Delete*'])), findings: found('logs:Delete*', 'logs:DeleteDataProtectionPolicy') },
    'of any service': { ...role(allow('*:StopLogging')), findings: found('*:StopLogging', 'cloudtrail:StopLogging') },
    'all but some': {
      ...role({ Effect: 'Allow', NotAction: ['cloudtrail:*', 'cloudwatch:DeleteAlarms'], Resource: 'arn:aws:cloudwatch:*:*:alarm:x' }),
      findings: [{ ...found('all but cloudtrail:*, cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions')[0], property: 'Policies.0.PolicyDocument.Statement.0.NotAction' }],
    },
  },
});
