import { admitsAnyOrigin } from '../../model/cors-origins';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const urlCorsCredentialsGuarded = defineRule({
  id: 'lambda/url-cors-credentials-guarded',
  severity: Severity.HIGH,
  summary: 'The URL of a function lets scripts send credentials along only from origins that it names',
  rationale: 'A page that anybody made calls the function in the name of whoever looks at it, with their cookies, and reads what it answers.',
  remedy: 'Name the origins whose pages call the URL, or don\'t allow credentials.',
  fix: 'fn.addFunctionUrl({ cors: { allowedOrigins: [\'https://www.example.com\'], allowCredentials: true } });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html'],
  peers: {},
  compliance: { nist80053: ['AC-4', 'SC-7', 'SC-23'], pciDss: ['6.2.4'], owaspServerless: ['A5', 'A6'], csaSas: ['SAS-2', 'SAS-3'] },

  *check(app) {
    for (const url of app.ofType('AWS::Lambda::Url')) {
      const cors = url.get('Cors');
      if (cors.kind === 'absent') continue;
      const origins = cors.get('AllowOrigins');
      yield {
        resource: url,
        property: 'Cors.AllowCredentials',
        holds: not(all([admitsAnyOrigin(origins), cors.get('AllowCredentials').isTrue])),
        message: () => `scripts of any origin, \`${origins.items.map(String).join(', ')}\`, may send credentials along, expected named origins`,
      };
    }
  },
});
