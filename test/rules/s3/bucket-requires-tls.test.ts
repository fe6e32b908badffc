import * as lambda from 'aws-cdk-lib/aws-lambda';
import { S3EventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { bucketRequiresTls } from '../../../src/rules/s3/bucket-requires-tls';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const MESSAGE = 'requests without TLS are answered, expected a policy that denies `s3:*` where `aws:SecureTransport` is `false`';
const found = (reason: string, at = 'Stack/Bucket') => [{ at, message: MESSAGE, reasons: [reason] }];
const DENY = { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const bucket = (resource: unknown) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'orders', NotificationConfiguration: { LambdaConfigurations: [] } } },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [{ ...DENY, Resource: resource }] } } },
});

testRule(bucketRequiresTls, {
  valid: {
    'a bucket of the CDK that enforces TLS': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addEventSource(new S3EventSource(new s3.Bucket(stack, 'Bucket', { enforceSSL: true }), { events: [s3.EventType.OBJECT_CREATED] })),
    },
    'a bucket that has nothing to do with functions': { app: stack => void new s3.Bucket(stack, 'Bucket') },
    'the objects by their name': { resources: bucket('arn:aws:s3:::orders/*') },
  },
  unknown: {
    'the objects of a bucket that a parameter names': {
      sections: { Parameters: { Name: { Type: 'String' } } }, resources: bucket({ 'Fn::Sub': 'arn:aws:s3:::${Name}/*' }), findings: found('its events lead to functions'),
    },
  },
  invalid: {
    'a bucket whose events lead to functions': {
      app: stack => new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(new lambda.Function(stack, 'Fn', CODE))),
      findings: found('its events lead to functions', 'Stack/Bucket/Resource'),
    },
    'a bucket that a function is told of': {
      app: stack => void new lambda.Function(stack, 'Fn', { ...CODE, environment: { BUCKET: new s3.Bucket(stack, 'Bucket').bucketName } }),
      findings: found('Stack/Fn/Resource uses it', 'Stack/Bucket/Resource'),
    },
    'a bucket for what failed': {
      resources: {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } } } },
      },
      findings: found('it holds what a function failed to process'),
    },
    'a policy on the bucket without its objects': { resources: bucket({ 'Fn::GetAtt': ['Bucket', 'Arn'] }), findings: found('its events lead to functions') },
  },
});
