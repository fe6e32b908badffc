import { functionOrigins } from '../../model/cloudfront/function-origins';
import { agreed, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const urlOriginSigned = defineRule({
  id: 'cloudfront/url-origin-signed',
  severity: Severity.MEDIUM,
  summary: 'CloudFront signs what it sends to the URL of a function',
  rationale: 'A URL that answers to CloudFront without a signature answers to everybody, past the web ACL, the cache and the logs of the distribution.',
  remedy: 'Use an origin access control, and let the URL ask for `AWS_IAM`. A secret header that CloudFront adds is no substitute: the function runs before its code can refuse.',
  fix: `new cloudfront.Distribution(this, 'Distribution', {
  defaultBehavior: { origin: cloudfront_origins.FunctionUrlOrigin.withOriginAccessControl(url) },
});`,
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda-web.html',
  ],
  peers: { 'AWS Config': ['CLOUDFRONT_ORIGIN_LAMBDA_URL_OAC_ENABLED'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'SC-7'], pciDss: ['7.2.1'], owaspServerless: ['A2', 'A6'], csaSas: ['SAS-2', 'SAS-3'] },

  *check(app) {
    for (const distribution of app.ofType('AWS::CloudFront::Distribution')) {
      for (const { property, origin, source } of functionOrigins(app).get(distribution)) {
        if (!source.type.startsWith('AWS::Lambda::')) continue;
        const control = origin.get('OriginAccessControlId');
        yield {
          resource: distribution,
          property: `${property}.OriginAccessControlId`,
          holds: agreed(control.branches.map(branch => verdict(branch.kind !== 'absent' && branch.text !== ''))),
          message: () => `the origin access control is \`${control}\`, expected one by which CloudFront signs`,
          reasons: () => [{ resource: source, property: 'AuthType', text: `${source} asks for \`${source.get('AuthType')}\`` }],
        };
      }
    }
  },
});
