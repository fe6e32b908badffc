import { aws_kms as kms, aws_s3 as s3, aws_sqs as sqs, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { actionsNamed } from '../../../src/rules/iam/actions-named';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const sections = { Parameters: { Any: { Type: 'String' } } };
const allowing = (Action: unknown, more: object = { Action }) => ({
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Role: {
    Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Resource: 'arn:aws:s3:::b', ...more } } }] },
  },
});
const found = (actions: string, element = 'Action') => [{
  at: 'Stack/Role',
  property: `Policies.0.PolicyDocument.Statement.${element}`,
  message: `\`${actions}\` allows more than is named, expected the actions that are called`,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];

testRule(actionsNamed, {
  valid: {
    'grants of the CDK': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', { ...CODE, tracing: lambda.Tracing.ACTIVE });
        new s3.Bucket(stack, 'Bucket', { encryptionKey: new kms.Key(stack, 'Key') }).grantReadWrite(fn);
        new sqs.Queue(stack, 'Queue').grantConsumeMessages(fn);
        new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'a', type: dynamodb.AttributeType.STRING } }).grantReadWriteData(fn);
      },
    },
    'actions by name': { resources: allowing(['s3:GetObject', 's3:PutObject']) },
    'verbs that only read': { resources: allowing(['s3:Get*', 'ec2:Describe*', 'dynamodb:BatchGet*']) },
    'a verb and a noun': { resources: allowing('s3:DeleteObject*') },
    'a denial': { resources: allowing('s3:*', { Effect: 'Deny', Action: 's3:*' }) },
    'a word that was accepted': { resources: allowing('s3:Put*'), options: { harmless: ['Put'] } },
    'everything on everything, which is more': { resources: allowing('*', { Action: '*', Resource: '*' }) },
    'a role that no function has': {
      app: stack => new iam.Role(stack, 'Role', {
        assumedBy: new iam.AccountRootPrincipal(), managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess')],
      }),
    },
  },
  unknown: {
    'a parameter': { sections, resources: allowing({ Ref: 'Any' }), findings: found('${parameter Any}') },
  },
  invalid: {
    'all of a service': { resources: allowing('s3:*'), findings: found('s3:*') },
    'all of a service among others': { resources: allowing(['s3:GetObject', 'dynamodb:*']), findings: found('s3:GetObject, dynamodb:*') },
    'a verb alone': { resources: allowing('s3:Put*'), findings: found('s3:Put*') },
    'any verb': { resources: allowing('s3:*Object'), findings: found('s3:*Object') },
    'everything on one resource': { resources: allowing('*'), findings: found('*') },
    'all but some on one resource': { resources: allowing(undefined, { NotAction: 's3:Get*' }), findings: found('all but s3:Get*', 'NotAction') },
    'a verb that was not accepted': { resources: allowing('s3:Get*'), options: { harmless: [] }, findings: found('s3:Get*') },
    'a policy of AWS': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess')),
      findings: [{
        at: 'Stack/Fn/ServiceRole/Resource',
        property: 'ManagedPolicyArns.1',
        message: '`s3:*, s3-object-lambda:*` allows more than is named, expected the actions that are called',
      }],
    },
  },
});
