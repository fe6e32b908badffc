import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { bucketPolicyNamesSource } from '../../../src/rules/s3/bucket-policy-names-source';
import { testRule } from '../rule-tester';

const policy = (Service: unknown, Condition?: object, more: object = {}) => ({
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 's3:GetObject', Resource: '*', ...Condition ? { Condition } : {}, ...more }] } },
  },
});
const found = (services: string) => [{
  at: 'Stack/Policy',
  property: 'PolicyDocument.Statement.0.Condition',
  message: `\`${services}\` may use the bucket on behalf of anybody, expected the ARN or the account of the source`,
}];

testRule(bucketPolicyNamesSource, {
  valid: {
    'a distribution of the CDK': {
      app: stack => void new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Bucket')) } }),
    },
    'logs and inventories of the CDK': {
      app: stack => {
        const logs = new Bucket(stack, 'Logs');
        new Bucket(stack, 'Bucket', { serverAccessLogsBucket: logs, inventories: [{ destination: { bucket: logs } }] });
      },
    },
    'a trail of the CDK, which names no source': { app: stack => void new Trail(stack, 'Trail') },
    'an account': { resources: policy('logging.s3.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111111111111' } }) },
    'a service to which it is denied': { resources: policy('cloudfront.amazonaws.com', undefined, { Effect: 'Deny' }) },
    'a service that is said to tell no source': { resources: policy('delivery.example.amazonaws.com'), options: { sourceless: ['delivery'] } },
  },
  unknown: {
    'a source from a parameter': {
      sections: { Parameters: { Source: { Type: 'String' } } },
      resources: policy('cloudfront.amazonaws.com', { ArnLike: { 'aws:SourceArn': { Ref: 'Source' } } }),
      findings: found('cloudfront'),
    },
  },
  invalid: {
    'any distribution': { resources: policy('cloudfront.amazonaws.com'), findings: found('cloudfront') },
    'distributions of any account': { resources: policy('cloudfront.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } }), findings: found('cloudfront') },
    'any bucket whose accesses are logged': { resources: policy(['logging.s3.amazonaws.com', 'cloudfront.amazonaws.com']), findings: found('logging, cloudfront') },
  },
});
