import { Resource } from '../../model/resource';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Each place that says how callers prove who they are. */
function modes(api: Resource): readonly string[] {
  if (api.type === 'AWS::AppSync::Api') return api.get('EventConfig.AuthProviders').items.map((_, index) => `EventConfig.AuthProviders.${index}.AuthType`);
  const additional = api.get('AdditionalAuthenticationProviders').items.map((_, index) => `AdditionalAuthenticationProviders.${index}.AuthenticationType`);
  return ['AuthenticationType', ...additional];
}

export const apiAuthenticated = defineRule({
  id: 'appsync/api-authenticated',
  severity: Severity.HIGH,
  summary: 'APIs of AppSync ask who calls, for which a shared key is not enough',
  rationale: 'A key is the same for all callers, stands in each web page and app that uses the API, and tells nothing about who calls. It is the default of the CDK.',
  remedy: 'Let callers prove who they are by Cognito, IAM, OpenID Connect or a function.',
  fix: `new appsync.GraphqlApi(this, 'Api', {
  name, definition,
  authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } },
});`,
  references: ['https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html'],
  peers: { Prowler: ['appsync_graphql_api_no_api_key_authentication'] },
  compliance: {
    securityHub: ['AppSync.5'],
    nist80053: ['AC-3', 'IA-2'],
    pciDss: ['8.2.1'],
    hipaa: ['164.312(d)'],
    owaspServerless: ['A2'],
    csaSas: ['SAS-2'],
  },

  *check(app) {
    for (const api of app.ofType('AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api')) {
      for (const property of modes(api)) {
        const mode = api.get(property);
        const holds = mode.kind === 'absent' ? 'unknown' : mode.satisfies(({ text }) => text !== 'API_KEY');
        yield { resource: api, property, holds, message: () => `callers are let in by \`${mode}\`, expected \`AWS_IAM\`, Cognito, OpenID Connect or a function` };
      }
    }
  },
});
