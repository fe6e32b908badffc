import { corsAnswers } from '../../model/apigateway/cors';
import { admitsAnyOrigin } from '../../model/cors-origins';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const corsCredentialsGuarded = defineRule({
  id: 'apigateway/cors-credentials-guarded',
  severity: Severity.HIGH,
  summary: 'APIs let scripts send credentials along only from origins that they name',
  rationale: 'A page that anybody made calls the API in the name of whoever looks at it, with their cookies, and reads the answers. '
    + 'Where a plain `*` is what scripts are told, browsers refuse; an API that lists `https://*`, or code that repeats the origin it was sent, gets past that.',
  remedy: 'Name the origins whose pages call the API, or don\'t allow credentials.',
  fix: `new apigatewayv2.HttpApi(this, 'Api', {
  corsPreflight: { allowOrigins: ['https://www.example.com'], allowCredentials: true },
});`,
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-4', 'SC-7', 'SC-23'], pciDss: ['6.2.4'], owaspServerless: ['A5', 'A6'], csaSas: ['SAS-2', 'SAS-3'] },

  *check(app) {
    for (const { resource, property, origins, credentials } of corsAnswers(app)) {
      const holds = not(all([admitsAnyOrigin(origins), credentials.isTrue]));
      const shown = () => origins.items.map(String).join(', ');
      yield { resource, property, holds, message: () => `scripts of any origin, \`${shown()}\`, may send credentials along, expected named origins` };
    }
  },
});
