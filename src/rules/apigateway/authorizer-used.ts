import { authorizers, mayBeUsedElsewhere, usersOf } from '../../model/apigateway/authorizers';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const authorizerUsed = defineRule({
  id: 'apigateway/authorizer-used',
  severity: Severity.MEDIUM,
  summary: 'Each authorizer is named by a route',
  rationale: 'An authorizer that no route names decides nothing. It was made to protect something, which is open, or protected otherwise.',
  remedy: 'Name the authorizer in the routes that it is for, or as the default of the API; take it out if there are none.',
  fix: `const api = new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  defaultMethodOptions: { authorizer },
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html'],
  peers: { Prowler: ['apigateway_restapi_authorizers_enabled', 'apigatewayv2_api_authorizers_enabled'] },
  compliance: { nist80053: ['AC-3', 'IA-2'], pciDss: ['7.2.1'], owaspServerless: ['A2', 'A5'], csaSas: ['SAS-2', 'SAS-11'] },

  *check(app) {
    for (const authorizer of authorizers(app)) {
      const holds = usersOf(app).has(authorizer) ? 'yes' : mayBeUsedElsewhere(app, authorizer);
      yield { resource: authorizer, holds, message: () => 'no route names this authorizer, expected one that it decides on' };
    }
  },
});
