import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { bucketNotPublic } from '../../../src/rules/s3/bucket-not-public';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const triggering = (props: s3.BucketProps, then: (bucket: s3.Bucket) => void = () => {}): RuleCase['app'] => stack => {
  const bucket = new s3.Bucket(stack, 'Bucket', props);
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(new lambda.Function(stack, 'Fn', CODE)));
  then(bucket);
};
const OPEN = { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false };
const bucket = (properties: object, statement?: object) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: {}, ...properties } },
  ...statement ? { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [statement] } } } } : {},
});
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: '*' };
const byPolicy = [{
  at: 'Stack/Policy',
  property: 'PolicyDocument.Statement.0.Principal',
  message: '`Allow` of `s3:PutObject` on `*` is granted to everybody, expected named principals or a condition on who asks',
}];
const byAcl = (control: string) => [{ at: 'Stack/Bucket', property: 'AccessControl', message: `the ACL is \`${control}\`, which lets in everybody, expected no ACL` }];

testRule(bucketNotPublic, {
  valid: {
    'a bucket of the CDK': { app: triggering({}) },
    'a bucket that refuses such a policy, since nothing else is said': { resources: bucket({}, ALLOW) },
    'a bucket that ignores such a policy': { resources: bucket({ PublicAccessBlockConfiguration: { ...OPEN, RestrictPublicBuckets: true } }, ALLOW) },
    'a bucket that ignores such an ACL': { resources: bucket({ AccessControl: 'PublicRead', PublicAccessBlockConfiguration: { ...OPEN, IgnorePublicAcls: true } }) },
    'a policy for one network': {
      resources: bucket({ PublicAccessBlockConfiguration: OPEN }, { ...ALLOW, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1234' } } }),
    },
  },
  unknown: {
    'blocks that a parameter sets': {
      sections: { Parameters: { Block: { Type: 'String' } } },
      resources: bucket({ PublicAccessBlockConfiguration: { ...OPEN, RestrictPublicBuckets: { Ref: 'Block' } } }, ALLOW),
      findings: byPolicy,
    },
    'an ACL that a parameter names': {
      sections: { Parameters: { Acl: { Type: 'String' } } },
      resources: bucket({ AccessControl: { Ref: 'Acl' }, PublicAccessBlockConfiguration: {} }),
      findings: byAcl('${parameter Acl}'),
    },
  },
  invalid: {
    'a bucket that the CDK opens': {
      app: triggering(
        { blockPublicAccess: new s3.BlockPublicAccess({ blockPublicPolicy: false, restrictPublicBuckets: false }) },
        each => each.grantPublicAccess(),
      ),
      findings: [{
        at: 'Stack/Bucket/Policy/Resource',
        property: 'PolicyDocument.Statement.0.Principal',
        message: '`Allow` of `s3:GetObject` on `${Stack/Bucket/Resource.Arn}/*` is granted to everybody, expected named principals or a condition on who asks',
        reasons: ['its events lead to functions'],
      }],
    },
    'everybody may write': { resources: bucket({ PublicAccessBlockConfiguration: OPEN }, ALLOW), findings: byPolicy },
    'everybody may write by ACL': { resources: bucket({ AccessControl: 'PublicReadWrite', PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }), findings: byAcl('PublicReadWrite') },
  },
});
