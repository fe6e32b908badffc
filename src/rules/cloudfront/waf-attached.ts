import { hasWebAcl, stagesOf } from '../../model/apigateway/apis';
import { AppModel } from '../../model/app-model';
import { FunctionOrigin, functionOrigins } from '../../model/cloudfront/function-origins';
import { agreed, all, any, Verdict, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Whether what a distribution leads to has a web ACL of its own. */
function isProtected(app: AppModel, { source }: FunctionOrigin): Verdict {
  return any([source, ...stagesOf(app).get(source).map(({ resource }) => resource)].map(each => hasWebAcl(app, each)));
}

export const wafAttached = defineRule({
  id: 'cloudfront/waf-attached',
  severity: Severity.MEDIUM,
  summary: 'Distributions in front of functions have a web ACL',
  rationale: 'URLs of functions and HTTP APIs can have no web ACL themselves. CloudFront is where known attacks, and callers who send too much, can be refused before a function runs and costs money.',
  remedy: 'Name a web ACL in the distribution; it is made in us-east-1. If Firewall Manager attaches it, say so in an acknowledgement.',
  fix: `new cloudfront.Distribution(this, 'Distribution', {
  defaultBehavior: { origin: cloudfront_origins.FunctionUrlOrigin.withOriginAccessControl(url) },
  webAclId: webAcl.attrArn,
});`,
  references: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html',
  ],
  peers: { 'cdk-nag': ['AwsSolutions-CFR2'], 'checkov': ['CKV_AWS_68'], 'KICS': ['0f139403'], 'Trivy': ['AWS-0011'], 'Prowler': ['cloudfront_distributions_using_waf'] },
  compliance: { securityHub: ['CloudFront.6'], nist80053: ['AC-4(21)', 'SC-7'], pciDss: ['6.4.2'], owaspServerless: ['A1', 'A6'], csaSas: ['SAS-1', 'SAS-8'] },

  *check(app) {
    for (const distribution of app.ofType('AWS::CloudFront::Distribution')) {
      const origins = functionOrigins(app).get(distribution);
      if (origins.length === 0) continue;
      const property = 'DistributionConfig.WebACLId';
      const named = agreed(distribution.get(property).branches.map(acl => verdict(acl.kind !== 'absent' && acl.text !== '')));
      const holds = any([named, all(origins.map(origin => isProtected(app, origin)))]);
      const reasons = () => origins.map(({ source, property: at }) => ({ resource: distribution, property: `${at}.DomainName`, text: `it is in front of ${source}` }));
      yield { resource: distribution, property, holds, message: () => `the web ACL is \`${distribution.get(property)}\`, expected one in front of functions`, reasons };
    }
  },
});
