import { namesOf, requiresTls } from '../../iam/secure-transport';
import { functionBuckets } from '../../model/s3/function-buckets';
import { Value } from '../../model/value';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const bucketRequiresTls = defineRule({
  id: 's3/bucket-requires-tls',
  severity: Severity.MEDIUM,
  summary: 'Buckets that functions work with refuse requests without TLS',
  rationale: 'The service also answers plain HTTP. Objects, and the signatures that allow to change them, can then be read and changed on the way.',
  remedy: 'Deny all actions on the bucket and on its objects where `aws:SecureTransport` is false.',
  fix: 'new s3.Bucket(this, \'Bucket\', { enforceSSL: true, minimumTLSVersion: 1.2 });',
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html'],
  peers: {
    'cdk-nag': ['AwsSolutions-S10'],
    'KICS': ['38c64e76'],
    'Prowler': ['s3_bucket_secure_transport_policy'],
    'Sonar': ['S6249'],
    'Semgrep': ['aws-cdk-bucket-enforcessl'],
  },
  compliance: {
    securityHub: ['S3.5'],
    nist80053: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'],
    pciDss: ['4.2.1'],
    hipaa: ['164.312(e)(1)', '164.312(e)(2)(i)'],
    cis: ['2.1.1'],
    owaspServerless: ['A3'],
  },

  *check(app) {
    for (const [bucket, use] of functionBuckets(app)) {
      const named = namesOf(bucket);
      const objects = (element: Value) => String(element).endsWith('*') ? named(element) : 'no';
      yield {
        resource: bucket,
        holds: requiresTls(app, bucket, ['s3:GetObject', 's3:PutObject'], objects),
        message: () => 'requests without TLS are answered, expected a policy that denies `s3:*` where `aws:SecureTransport` is `false`',
        reasons: () => [use],
      };
    }
  },
});
