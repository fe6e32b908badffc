import { aws_ec2 as ec2, aws_s3 as s3, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureFunction } from '../../../src';
import { resourcesNamed } from '../../../src/rules/iam/resources-named';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const sections = { Parameters: { Any: { Type: 'String' } } };
const allowing = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource, ...more } } }] } },
});
const found = (actions: string, resources: string, element = 'Resource') => [{
  at: 'Stack/Role',
  property: `Policies.0.PolicyDocument.Statement.${element}`,
  message: `\`${actions}\` is allowed on \`${resources}\`, expected the resources that are used`,
  reasons: ['Stack/Fn has the role Stack/Role'],
}];

testRule(resourcesNamed, {
  valid: {
    'grants of the CDK': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', { ...CODE, tracing: lambda.Tracing.ACTIVE, vpc: new ec2.Vpc(stack, 'Vpc') });
        new s3.Bucket(stack, 'Bucket').grantReadWrite(fn);
        const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'a', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY });
        table.grantReadWriteData(fn);
        table.grantStreamRead(fn);
      },
    },
    'a secure function': { app: stack => new SecureFunction(stack, 'Fn', CODE) },
    'a named resource': { resources: allowing('s3:GetObject', 'arn:aws:s3:::bucket/*') },
    'actions without resources': { resources: allowing(['xray:PutTraceSegments', 'ec2:Describe*', 'cloudwatch:PutMetricData', 'ec2:CreateNetworkInterface'], '*') },
    'all of a service without resources': { resources: allowing('tag:*', '*') },
    'an action without resources, of a service that few functions use': { resources: allowing('ecs:ListClusters', '*') },
    'resources with a tag': { resources: allowing('ec2:StopInstances', '*', { Condition: { StringEquals: { 'aws:ResourceTag/app': 'a' } } }) },
    'everything, which is more': { resources: allowing('*', '*') },
    'a policy of AWS': { app: stack => new lambda.Function(stack, 'Fn', CODE) },
    'a denial': { resources: allowing('s3:GetObject', '*', { Effect: 'Deny' }) },
  },
  unknown: {
    'a service that is not known': { resources: allowing('geo:Calculate', '*'), findings: found('geo:Calculate', '*') },
    'a parameter': { sections, resources: allowing('s3:GetObject', { Ref: 'Any' }), findings: found('s3:GetObject', '${parameter Any}') },
  },
  invalid: {
    'everything': { resources: allowing('s3:GetObject', '*'), findings: found('s3:GetObject', '*') },
    'everything among others': { resources: allowing('s3:GetObject', ['arn:aws:s3:::a/*', '*']), findings: found('s3:GetObject', 'arn:aws:s3:::a/*, *') },
    'one action with resources among others': { resources: allowing(['xray:PutTraceSegments', 'dynamodb:GetItem'], '*'), findings: found('xray:PutTraceSegments, dynamodb:GetItem', '*') },
    'all of a service of which some actions have resources': { resources: allowing('xray:*', '*'), findings: found('xray:*', '*') },
    'an action on resources, of a service that few functions use': { resources: allowing('geo:SearchPlaceIndexForText', '*'), findings: found('geo:SearchPlaceIndexForText', '*') },
    'all of a service': { resources: allowing('ec2:*', '*'), findings: found('ec2:*', '*') },
    'all tables': { resources: allowing('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/*'), findings: found('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/*') },
    'all buckets': { resources: allowing('s3:GetObject', 'arn:aws:s3:::*'), findings: found('s3:GetObject', 'arn:aws:s3:::*') },
    'all but one': { resources: allowing('s3:GetObject', undefined, { NotResource: 'arn:aws:s3:::a' }), findings: found('s3:GetObject', 'all but arn:aws:s3:::a', 'NotResource') },
    'a condition that may fail to hold': {
      resources: allowing('ec2:StopInstances', '*', { Condition: { StringEqualsIfExists: { 'aws:ResourceTag/app': 'a' } } }),
      findings: found('ec2:StopInstances', '*'),
    },
    'what a function adds': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addToRolePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] })),
      findings: [{
        at: 'Stack/Fn/ServiceRole/DefaultPolicy/Resource',
        property: 'PolicyDocument.Statement.0.Resource',
        message: '`sqs:SendMessage` is allowed on `*`, expected the resources that are used',
      }],
    },
  },
});
