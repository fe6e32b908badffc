import { bucketAccountsKnown } from '../../../src/rules/s3/bucket-accounts-known';
import { accountCases } from '../account-cases';
import { testRule } from '../rule-tester';

const resources = (statement: object) => ({
  Bucket: { Type: 'AWS::S3::Bucket' },
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [statement] } } },
});
const found = { at: 'Stack/Policy', property: 'PolicyDocument.Statement.0.Principal', reasons: ['this is a policy of Stack/Bucket'] };
const writing = (account: string) => ({
  environment: { account: '111111111111', region: 'eu-west-1' },
  resources: resources({ Effect: 'Allow', Principal: { AWS: account }, Action: 's3:PutObject', Resource: '*' }),
});
const { valid, ...others } = accountCases({ resources, action: 's3:GetObject', found });

testRule(bucketAccountsKnown, {
  ...others,
  valid: {
    ...valid,
    'the account from which load balancers write their logs': writing('arn:aws:iam::156460612806:root'),
    'the identity of a distribution': writing('arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE'),
  },
});
