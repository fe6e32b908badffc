import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { resourcePoliciesNotChanged } from '../../../src/rules/iam/resource-policies-not-changed';
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
  message: `\`${actions}\` lets a function decide by \`${first}\` who else uses resources, expected actions on what they hold`,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];

testRule(resourcePoliciesNotChanged, {
  valid: {
    'a plain function': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'a denial': role(allow('kms:PutKeyPolicy', { Effect: 'Deny' })),
    'an administrator, of whom another rule speaks': role(allow('*')),
    'reading by wildcards': role(allow(['s3:Get*', 'logs:Describe*', 'kms:GenerateDataKey*'])),
    'a pipeline': {
      app: stack => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') })
        .addToPolicy(new iam.PolicyStatement({ actions: ['kms:PutKeyPolicy'], resources: ['*'] })),
    },
    'what the CDK makes for its own work': { app: stack => void new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) },
    'writing objects': { app: stack => new Bucket(stack, 'Bucket').grantReadWrite(new lambda.Function(stack, 'Fn', CODE)) },
    'grants of keys, of which another rule speaks': role(allow('kms:CreateGrant')),
  },
  unknown: {
    'an action from a parameter': { ...role(allow({ Ref: 'Any' })), findings: found('${parameter Any}', 'apigateway:UpdateRestApiPolicy') },
    'a statement that a condition decides on': {
      ...role({ 'Fn::If': ['Sometimes', allow('kms:PutKeyPolicy'), { Ref: 'AWS::NoValue' }] }), findings: found('kms:PutKeyPolicy', 'kms:PutKeyPolicy'),
    },
  },
  invalid: {
    'the policy of a bucket': { ...role(allow('s3:PutBucketPolicy')), findings: found('s3:PutBucketPolicy', 's3:PutBucketPolicy') },
    'who may use objects, by a grant of the CDK': {
      app: stack => new Bucket(stack, 'Bucket').grantPutAcl(new lambda.Function(stack, 'Fn', CODE)),
      findings: [{
        at: 'Stack/Fn/ServiceRole/DefaultPolicy/Resource',
        property: 'PolicyDocument.Statement.0.Action',
        message: found('s3:PutObjectAcl, s3:PutObjectVersionAcl', 's3:PutObjectAcl')[0].message,
      }],
    },
    'attributes of queues, among which is the policy': { ...role(allow(['sqs:SendMessage', 'sqs:SetQueueAttributes'])), findings: found('sqs:SendMessage, sqs:SetQueueAttributes', 'sqs:SetQueueAttributes') },
    'objects with who may use them': { ...role(allow('s3:PutObject*')), findings: found('s3:PutObject*', 's3:PutObjectAcl') },
    'all of a service': { ...role(allow('dynamodb:*')), findings: found('dynamodb:*', 'dynamodb:PutResourcePolicy') },
  },
});
