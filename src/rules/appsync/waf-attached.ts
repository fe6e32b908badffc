import { hasWebAcl } from '../../model/apigateway/apis';
import { any } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const wafAttached = defineRule({
  id: 'appsync/waf-attached',
  severity: Severity.MEDIUM,
  summary: 'APIs of AppSync that the internet can reach have a web ACL',
  rationale: 'A web ACL refuses known attacks, and callers who send too much, before resolvers and functions run and cost money.',
  remedy: 'Associate a web ACL with a rate-based rule, or make the API private. If Firewall Manager attaches it, say so in an acknowledgement.',
  fix: 'new wafv2.CfnWebACLAssociation(this, \'WebAcl\', { resourceArn: api.arn, webAclArn: webAcl.attrArn });',
  references: [
    'https://docs.aws.amazon.com/appsync/latest/devguide/WAF-Integration.html',
    'https://docs.aws.amazon.com/appsync/latest/eventapi/using-waf-protect-apis.html',
  ],
  peers: { checkov: ['CKV2_AWS_33'] },
  compliance: { nist80053: ['AC-4(21)', 'SC-5', 'SC-7'], pciDss: ['6.4.2'], owaspServerless: ['A1', 'A6'], csaSas: ['SAS-1', 'SAS-8'] },

  *check(app) {
    for (const api of app.ofType('AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api')) {
      const isPrivate = api.get('Visibility').is('PRIVATE');
      if (isPrivate === 'yes') continue;
      yield { resource: api, holds: any([hasWebAcl(app, api), isPrivate]), message: () => 'no web ACL is associated, expected one for an API that the internet can reach' };
    }
  },
});
