import { hasWebAcl, isPrivate, stages } from '../../model/apigateway/apis';
import { any } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const wafAttached = defineRule({
  id: 'apigateway/waf-attached',
  severity: Severity.MEDIUM,
  summary: 'Stages of REST APIs that the internet can reach have a web ACL',
  rationale: 'A web ACL refuses known attacks, and callers who send too much, before a function runs and costs money.',
  remedy: 'Associate a web ACL with the stage. HTTP and WebSocket APIs can\'t have one: put CloudFront in front of them. If Firewall Manager attaches it, say so in an acknowledgement.',
  fix: `new wafv2.CfnWebACLAssociation(this, 'WebAcl', {
  resourceArn: api.deploymentStage.stageArn,
  webAclArn: webAcl.attrArn,
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html',
  ],
  peers: {
    'cdk-nag': ['AwsSolutions-APIG3'],
    'checkov': ['CKV2_AWS_29'],
    'KICS': ['fcbf9019'],
    'Prowler': ['apigateway_restapi_waf_acl_attached'],
  },
  compliance: {
    securityHub: ['APIGateway.4'],
    nist80053: ['AC-4(21)', 'SC-7'],
    pciDss: ['6.4.2'],
    owaspServerless: ['A1', 'A6'],
    csaSas: ['SAS-1', 'SAS-8'],
  },

  *check(app) {
    for (const { resource, api, version } of stages(app)) {
      const closed = api?.get('DisableExecuteApiEndpoint').isTrue ?? 'no';
      if (version === 2 || isPrivate(api) === 'yes' || closed === 'yes') continue;
      // The ARN of a stage names the stage, the API, or both.
      const protectedByAcl = any([hasWebAcl(app, resource), api ? hasWebAcl(app, api) : 'no']);
      const reachable = isPrivate(api) === 'unknown' && api || closed === 'unknown' ? 'unknown' : 'no';
      yield { resource, holds: any([protectedByAcl, reachable]), message: () => 'no web ACL is associated, expected one for a stage that the internet can reach' };
    }
  },
});
