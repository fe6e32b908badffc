import { corsAnswers } from '../../model/apigateway/cors';
import { admitsAnyOrigin } from '../../model/cors-origins';
import { all, any, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const corsOriginsNamed = defineRule({
  id: 'apigateway/cors-origins-named',
  severity: Severity.MEDIUM,
  summary: 'Routes that ask who calls answer to scripts of named origins alone',
  rationale: 'Once a page that anybody made gets hold of a token, as by a flaw of another page, its script calls the API from the browser of the user, past whatever keeps strangers out of their network.',
  remedy: 'Name the origins whose pages call the API. Routes that are meant for everybody may answer to everybody.',
  fix: `const api = new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  defaultMethodOptions: { authorizer },
  defaultCorsPreflightOptions: { allowOrigins: ['https://www.example.com'] },
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-4', 'SC-7'], owaspServerless: ['A6'], csaSas: ['SAS-3'] },

  *check(app) {
    for (const { resource, property, origins, routes } of corsAnswers(app)) {
      const [asking] = routes.filter(({ authorization }) => authorization.text !== 'NONE');
      if (!asking) continue;
      const asks = any(routes.map(({ authorization }) => authorization.satisfies(({ text }) => text !== 'NONE')));
      yield {
        resource,
        property,
        holds: not(all([admitsAnyOrigin(origins), asks])),
        message: () => `scripts of any origin, \`${origins.items.map(String).join(', ')}\`, may call, expected named origins`,
        reasons: () => [{ resource: asking.resource, property: asking.property, text: `\`${asking.name}\` asks for \`${asking.authorization}\`` }],
      };
    }
  },
});
