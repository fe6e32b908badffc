import { authorizers, keptFor, usersOf } from '../../model/apigateway/authorizers';
import { agreed, all, any, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const authorizerCachePerRoute = defineRule({
  id: 'apigateway/authorizer-cache-per-route',
  severity: Severity.LOW,
  summary: 'Yes or no of an authorizer is kept for the route that it was said about',
  rationale: 'An authorizer with simple responses says yes or no to one request. What is kept of it holds for all routes that name the authorizer: who may read is let in to write, if the code decides by route.',
  remedy: 'Make `$context.routeKey` an identity source, keep no decisions, or answer with a policy. If the code never looks at the route, acknowledge the finding with that reason.',
  fix: `new apigatewayv2_authorizers.HttpLambdaAuthorizer('Authorizer', handler, {
  responseTypes: [apigatewayv2_authorizers.HttpLambdaResponseType.SIMPLE],
  identitySource: ['$request.header.Authorization', '$context.routeKey'],
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html'],
  peers: {},
  compliance: { nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A2', 'A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const authorizer of authorizers(app)) {
      const simple = authorizer.get('EnableSimpleResponses').isTrue;
      if (simple === 'no' || usersOf(app).get(authorizer).length < 2) continue;
      const sources = authorizer.get('IdentitySource');
      const byRoute = agreed(sources.branches.map(branch => any(branch.items.map(source => source.is('$context.routeKey')))));
      const shared = all([simple, keptFor(authorizer).isNumber(seconds => seconds > 0), not(byRoute)]);
      const message = () => `yes or no is kept under \`${sources}\`, expected \`$context.routeKey\` among them`;
      yield { resource: authorizer, property: 'IdentitySource', holds: not(shared), message };
    }
  },
});
