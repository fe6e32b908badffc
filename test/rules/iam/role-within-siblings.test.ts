import { Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { roleWithinSiblings } from '../../../src/rules/iam/role-within-siblings';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const BUNDLE = { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: 'bundle.zip' };
const fn = (name: string, Code: object = BUNDLE, more: object = {}) =>
  ({ Type: 'AWS::Lambda::Function', Properties: { Code, Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] } }, ...more });
const role = (actions: unknown, more: object = {}, statement: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::x/*', ...statement }] } }], ...more },
});
const LOGS = ['logs:PutLogEvents', 'xray:PutTraceSegments', 'ec2:CreateNetworkInterface', 'kms:Decrypt', 'dynamodb:GetItem', 'dynamodb:PutItem'];
/** Four functions with the same code, of which the last has a role of its own making. */
const four = (last: object, code: object = BUNDLE) => ({
  A: fn('A', code), ARole: role(LOGS), B: fn('B', code), BRole: role(LOGS), C: fn('C', code), CRole: role(LOGS), D: fn('D', code), DRole: last,
});
const REASONS = ['Stack/D has the role', 'Stack/A runs the same code', 'Stack/B runs the same code'];
const found = (action: string, service: string, more: object = {}) => [{
  at: 'Stack/DRole',
  message: `\`${action}\` lets Stack/D change something in \`${service}\`, as the only one of \`4\` functions that run the same code, expected changes only where others of them make some as well`,
  reasons: [`allows \`${action}\``, ...REASONS],
  ...more,
}];
const notKnown = (name: string, others: readonly string[], at: object = { at: `Stack/${name}Role` }) => ({
  message: `what the role of Stack/${name} may do isn't known, expected changes only where its siblings make some as well`,
  reasons: others.map(each => `Stack/${each} runs the same code`),
  at: '',
  ...at,
});
const managed = (arn: string) => ({ Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [`arn:aws:iam::${arn}`] } });
const sections = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

testRule(roleWithinSiblings, {
  valid: {
    'roles that change the same services': { resources: four(role(['dynamodb:DeleteItem', 'dynamodb:UpdateItem'])) },
    'one that reads what others don\'t': { resources: four(role(['s3:GetObject', 's3:List*', 'secretsmanager:GetSecretValue'])) },
    'logs, traces, network interfaces and keys': { resources: four(role(['logs:CreateLogGroup', 'xray:Put*', 'ec2:DeleteNetworkInterface', 'kms:GenerateDataKey*'])) },
    'three functions': { resources: { A: fn('A'), ARole: role(LOGS), B: fn('B'), BRole: role(LOGS), D: fn('D'), DRole: role('s3:PutObject') } },
    'functions with other code': { resources: { ...four(role('s3:PutObject')), D: fn('D', { ...BUNDLE, S3Key: 'other.zip' }) } },
    'functions with one role': {
      resources: Object.fromEntries(['A', 'B', 'C', 'D'].map(name => [name, { Type: 'AWS::Lambda::Function', Properties: { Code: BUNDLE, Role: 'arn:aws:iam::111111111111:role/theirs' } }])),
    },
    'two that may': { resources: { ...four(role('s3:PutObject')), CRole: role('s3:DeleteObject') } },
    'one that may what an administrator may as well': { resources: { ...four(role('s3:PutObject')), CRole: role('*') } },
    'what is denied everywhere': {
      resources: four({
        Type: 'AWS::IAM::Role',
        Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*' }] } }] },
      }),
    },
    'what a boundary leaves out': {
      resources: {
        ...four(role('s3:PutObject', { PermissionsBoundary: { Ref: 'Boundary' } })),
        Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] } } },
      },
    },
    'a queue that Lambda reads for one': {
      app: stack => ['A', 'B', 'C', 'D'].forEach(name => {
        const made = new lambda.Function(stack, name, CODE);
        if (name === 'D') made.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue')));
      }),
    },
    'functions in two stacks, whose code a parameter of each names': {
      templates: Object.fromEntries(['One', 'Two'].map(name => [name, {
        Resources: { A: fn('A', { S3Bucket: 'b', S3Key: { Ref: 'Key' } }), ARole: role(LOGS), B: fn('B', { S3Bucket: 'b', S3Key: { Ref: 'Key' } }), BRole: role('s3:PutObject') },
        Parameters: { Key: { Type: 'String' } },
      }])),
    },
    'functions that are few in each stage': {
      app: (_, app) => ['Dev', 'Prod'].forEach(name => {
        const stack = new Stack(new Stage(app, name), 'Stack');
        new lambda.Function(stack, 'A', CODE);
        new s3.Bucket(stack, 'Bucket').grantPut(new lambda.Function(stack, 'B', CODE));
      }),
    },
  },
  unknown: {
    'a role with a policy from elsewhere': {
      resources: { ...four(role('s3:PutObject')), CRole: managed('111111111111:policy/theirs') },
      findings: [notKnown('C', ['A', 'B']), ...found('s3:PutObject', 's3')],
    },
    'a role from elsewhere': {
      resources: { ...four(role('dynamodb:PutItem')), C: { Type: 'AWS::Lambda::Function', Properties: { Code: BUNDLE, Role: 'arn:aws:iam::111111111111:role/theirs' } } },
      findings: [notKnown('C', ['A', 'B'], { at: 'Stack/C', property: 'Role' })],
    },
    'a sibling whose actions a parameter names': {
      sections, resources: { ...four(role('s3:PutObject')), CRole: role({ Ref: 'Any' }) }, findings: found('s3:PutObject', 's3'),
    },
    'a sibling that may do all but some': {
      resources: { ...four(role('s3:PutObject')), CRole: role(undefined, {}, { NotAction: 'iam:*' }) }, findings: found('s3:PutObject', 's3'),
    },
    'a grant that a condition of the template decides on': {
      sections, resources: four(role({ 'Fn::If': ['Sometimes', 's3:PutObject', 's3:GetObject'] })), findings: found('s3:PutObject', 's3'),
    },
    'a sibling that a condition of the template decides on': {
      sections, resources: { ...four(role('s3:PutObject')), C: fn('C', BUNDLE, { Condition: 'Sometimes' }) }, findings: found('s3:PutObject', 's3'),
    },
    'an action that AWS isn\'t known to have': { resources: four(role('s3:RepaintObject')), findings: found('s3:RepaintObject', 's3') },
    'an action that is denied somewhere': {
      resources: four({
        Type: 'AWS::IAM::Role',
        Properties: {
          Policies: [{
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::x/*' }] },
          }],
        },
      }),
      findings: found('s3:PutObject', 's3'),
    },
  },
  invalid: {
    'one that writes': { resources: four(role('s3:PutObject')), findings: found('s3:PutObject', 's3') },
    'one that tags': { resources: four(role('s3:PutObjectTagging')), findings: found('s3:PutObjectTagging', 's3') },
    'one that manages permissions': { resources: four(role('s3:PutBucketPolicy')), findings: found('s3:PutBucketPolicy', 's3') },
    'one that may do anything in a service': { resources: four(role(['s3:GetObject', 's3:*'])), findings: found('s3:*', 's3') },
    'one with a policy of AWS': { resources: four(managed('aws:policy/AmazonSQSFullAccess')), findings: found('sqs:*', 'sqs') },
    'one in two services': { resources: four(role(['sqs:SendMessage', 's3:PutObject'])), findings: [...found('s3:PutObject', 's3'), ...found('sqs:SendMessage', 'sqs')] },
    'functions of one text': { resources: four(role('s3:PutObject'), { ZipFile: 'exports.handler = () => 1' }), findings: found('s3:PutObject', 's3') },
    'functions of one image': {
      resources: four(role('s3:PutObject'), { ImageUri: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/images:1' } }), findings: found('s3:PutObject', 's3'),
    },
    'three functions, if those are enough': {
      options: { siblings: 3 },
      resources: { A: fn('A'), ARole: role(LOGS), B: fn('B'), BRole: role(LOGS), D: fn('D'), DRole: role('s3:PutObject') },
      findings: [{ ...found('s3:PutObject', 's3')[0], message: found('s3:PutObject', 's3')[0].message.replace('`4`', '`3`') }],
    },
    'a role from elsewhere that a policy of the app is attached to': {
      resources: {
        ...four(role(LOGS)),
        D: { Type: 'AWS::Lambda::Function', Properties: { Code: BUNDLE, Role: 'arn:aws:iam::111111111111:role/theirs' } },
        P: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['theirs'], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }] } } },
      },
      findings: found('s3:PutObject', 's3', { at: 'Stack/D', property: 'Role' }),
    },
    'a grant of the CDK': {
      app: stack => ['A', 'B', 'C', 'D'].forEach(name => {
        const made = new lambda.Function(stack, name, CODE);
        if (name === 'D') new s3.Bucket(stack, 'Bucket').grantPut(made);
      }),
      findings: found('s3:PutObject', 's3', {
        at: 'Stack/D/ServiceRole/Resource',
        message: found('s3:PutObject', 's3')[0].message.replace('Stack/D', 'Stack/D/Resource'),
        reasons: ['allows `s3:PutObject`', 'Stack/D/Resource has the role', 'Stack/A/Resource runs the same code', 'Stack/B/Resource runs the same code'],
      }),
    },
  },
});
