import { admitsAnyOrigin } from '../../model/cors-origins';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const urlCorsNamed = defineRule({
  id: 'lambda/url-cors-named',
  severity: Severity.MEDIUM,
  summary: 'The URL of a function answers to scripts of named origins alone',
  rationale: 'A page that anybody made can call the function from the browsers of your users and read what it answers.',
  remedy: 'Name the origins whose pages call the URL.',
  fix: 'fn.addFunctionUrl({ cors: { allowedOrigins: [\'https://www.example.com\'] } });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html'],
  peers: {
    'checkov': ['CKV2_AWS_75'], 'Control Tower': ['CT.LAMBDA.PR.6'], 'Prowler': ['awslambda_function_url_cors_policy'], 'Terrascan': ['AC_AWS_0441'],
  },
  compliance: { nist80053: ['AC-4', 'SC-7'], owaspServerless: ['A6'], csaSas: ['SAS-3'] },

  *check(app) {
    for (const url of app.ofType('AWS::Lambda::Url')) {
      const origins = url.get('Cors.AllowOrigins');
      if (url.get('Cors').kind === 'absent') continue;
      yield {
        resource: url,
        property: 'Cors.AllowOrigins',
        holds: not(admitsAnyOrigin(origins)),
        message: () => `scripts of any origin may call, \`${origins.items.map(String).join(', ')}\`, expected named origins`,
      };
    }
  },
});
