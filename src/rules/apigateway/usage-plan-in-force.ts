import { isElsewhere, Route, routesOf } from '../../model/apigateway/routes';
import { elementsAt } from '../../model/lambda/trigger';
import { any, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** Whether a key is asked for; what definitions say of keys isn't read. */
function asksForKey(route: Route): Verdict {
  return isElsewhere(route) || route.property.startsWith('Body.') ? 'unknown' : route.resource.get('ApiKeyRequired').isTrue;
}

export const usagePlanInForce = defineRule({
  id: 'apigateway/usage-plan-in-force',
  severity: Severity.MEDIUM,
  summary: 'Methods ask for the key by which a usage plan counts',
  rationale: 'A usage plan counts and limits requests by their key. Where no method asks for one, callers leave it out, and nothing of the plan holds for them.',
  remedy: 'Require the key in the methods that the plan is for. It is no proof of who calls: keep the authorizer.',
  fix: `const api = new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM, apiKeyRequired: true },
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-api-keys.html',
  ],
  peers: {},
  compliance: { nist80053: ['SC-5', 'SC-5(2)'], owaspServerless: ['A6'], csaSas: ['SAS-8'] },

  *check(app) {
    for (const plan of app.ofType('AWS::ApiGateway::UsagePlan')) {
      for (const [property, stage] of elementsAt(plan, 'ApiStages')) {
        const [api] = stage.get('ApiId').targets;
        const routes = api ? routesOf(app).get(api) : [];
        if (routes.length === 0) continue;
        const holds = any(routes.map(asksForKey));
        yield { resource: plan, property, holds, message: () => `no method of ${api} asks for a key, expected \`ApiKeyRequired\` where the plan is to hold` };
      }
    }
  },
});
