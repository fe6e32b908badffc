import { mappings } from '../../model/apigateway/apis';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const defaultEndpointClosed = defineRule({
  id: 'apigateway/default-endpoint-closed',
  severity: Severity.LOW,
  summary: 'APIs with a domain name of their own answer under no other',
  rationale: 'Under its generated address an API can be called past what stands in front of its domain name: client certificates, CloudFront, the web ACL, the newer TLS.',
  remedy: 'Switch the `execute-api` endpoint off.',
  fix: 'new apigateway.LambdaRestApi(this, \'Api\', { handler, domainName, disableExecuteApiEndpoint: true });',
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html',
  ],
  peers: { CloudSploit: ['apigatewayDefaultEndpointDisabled'] },
  compliance: {
    nist80053: ['AC-4', 'CM-7', 'SC-7'],
    owaspServerless: ['A6'],
    csaSas: ['SAS-3'],
  },

  *check(app) {
    for (const [api, mapping] of mappings(app)) {
      const closed = api.get('DisableExecuteApiEndpoint');
      yield {
        resource: api,
        property: 'DisableExecuteApiEndpoint',
        holds: closed.isTrue,
        message: () => `it is \`${closed}\`, expected \`true\` for an API with a domain name of its own`,
        reasons: () => [{ resource: mapping, text: 'gives the API a domain name' }],
      };
    }
  },
});
