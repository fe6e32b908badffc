import { serviceGrants } from '../../iam/service-grants';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const bucketPolicyNamesSource = defineRule({
  id: 's3/bucket-policy-names-source',
  severity: Severity.MEDIUM,
  summary: 'A service uses a bucket on behalf of a named source alone',
  rationale: 'The service does what its customers ask for. Without a source, the distribution of a stranger serves the objects of the bucket to everybody, and their logs and exports are written over one\'s own.',
  remedy: 'Name the ARN of what the service works for in a condition on `aws:SourceArn`, or its account in one on `aws:SourceAccount`.',
  fix: `bucket.addToResourcePolicy(new iam.PolicyStatement({
  principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
  actions: ['s3:GetObject'],
  resources: [bucket.arnForObjects('*')],
  conditions: { StringEquals: { 'aws:SourceArn': distribution.distributionArn } },
}));`,
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-4', 'SC-7'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-9'] },
  options: {
    sourceless: {
      type: 'strings',
      description: 'Services that tell no source, or whose constructs in the CDK name none',
      pattern: /^[a-z0-9-]+$/,
      default: ['cloudtrail', 'delivery', 'logdelivery'],
    },
  },

  *check(app, { sourceless }) {
    for (const { statement, services, namesSource } of serviceGrants(app, ['AWS::S3::BucketPolicy'], sourceless)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Condition'),
        holds: namesSource,
        message: () => `\`${services.join(', ')}\` may use the bucket on behalf of anybody, expected the ARN or the account of the source`,
      };
    }
  },
});
