import { openings } from '../../iam/anonymous-access';
import { Resource } from '../../model/resource';
import { functionBuckets } from '../../model/s3/function-buckets';
import { any, not, Verdict } from '../../model/verdict';
import { defineRule, Judgement } from '../define-rule';
import { Severity } from '../severity';

/** Whether the bucket ignores what would make it public; it does unless told otherwise, and then only as far as told. */
function blocks(bucket: Resource, setting: string): Verdict {
  const block = bucket.get('PublicAccessBlockConfiguration');
  return any([not(block.isSet), block.get(setting).isTrue]);
}

/** What opens the bucket by its ACL. */
function acl(bucket: Resource): Judgement {
  const control = bucket.get('AccessControl');
  const open = control.isOneOf(['PublicRead', 'PublicReadWrite', 'AuthenticatedRead']);
  const message = () => `the ACL is \`${control}\`, which lets in everybody, expected no ACL`;
  return { resource: bucket, property: 'AccessControl', holds: any([not(open), blocks(bucket, 'IgnorePublicAcls')]), message };
}

export const bucketNotPublic = defineRule({
  id: 's3/bucket-not-public',
  severity: Severity.CRITICAL,
  summary: 'Neither policy nor ACL lets everybody use a bucket that functions work with',
  rationale: 'Whoever may write to such a bucket runs the function that its events lead to, with input of their choice; whoever may read has what functions leave there, such as what they failed to process.',
  remedy: 'Block public access, and let CloudFront or a signed URL give out what the public is to see.',
  fix: 'new s3.Bucket(this, \'Bucket\', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, enforceSSL: true });',
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html'],
  peers: { 'cdk-nag': ['AwsSolutions-S2'], 'cfn_nag': ['F16'], 'cfripper': ['S3BucketPolicyPrincipalRule'], 'Prowler': ['s3_bucket_policy_public_write_access'] },
  compliance: {
    securityHub: ['S3.2', 'S3.3', 'S3.8'],
    nist80053: ['AC-3', 'AC-6', 'SC-7'],
    pciDss: ['7.2.1'],
    hipaa: ['164.312(a)(1)'],
    cis: ['2.1.4'],
    owaspServerless: ['A5'],
    csaSas: ['SAS-2'],
  },

  *check(app) {
    for (const [bucket, use] of functionBuckets(app)) {
      yield { ...acl(bucket), reasons: () => [use] };
      for (const { statement, isOpen } of openings(app, bucket)) {
        const holds = any([not(isOpen), blocks(bucket, 'RestrictPublicBuckets'), blocks(bucket, 'BlockPublicPolicy')]);
        const message = () => `${statement} is granted to everybody, expected named principals or a condition on who asks`;
        yield { resource: statement.origin.resource, property: statement.at('Principal'), holds, message, reasons: () => [use] };
      }
    }
  },
});
