import { all, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const jwtAudienceNamed = defineRule({
  id: 'apigateway/jwt-audience-named',
  severity: Severity.HIGH,
  summary: 'Authorizers by JSON Web Token name who issued the token, and for whom',
  rationale: 'Without an audience, a token that the issuer gave out for any other application opens this API, too.',
  remedy: 'List the ids of the clients that may call the API as audience.',
  fix: `new apigatewayv2_authorizers.HttpJwtAuthorizer('Authorizer', 'https://issuer.example.com', {
  jwtAudience: ['orders'],
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html'],
  peers: {},
  compliance: {
    nist80053: ['AC-3', 'IA-5', 'IA-9'],
    pciDss: ['8.2.1'],
    hipaa: ['164.312(d)'],
    owaspServerless: ['A2'],
    csaSas: ['SAS-2'],
  },

  *check(app) {
    for (const authorizer of app.ofType('AWS::ApiGatewayV2::Authorizer')) {
      const kind = authorizer.get('AuthorizerType').is('JWT');
      if (kind === 'no') continue;
      const configuration = authorizer.get('JwtConfiguration');
      const [issuer, audience] = [configuration.get('Issuer'), configuration.get('Audience')];
      const empty = audience.satisfies(({ literal }) => Array.isArray(literal) && literal.length === 0);
      const holds = all([configuration.has('Issuer'), configuration.has('Audience'), verdict(empty !== 'yes')]);
      const message = () => `tokens of \`${issuer}\` are accepted for \`${audience}\`, expected an issuer and an audience`;
      yield { resource: authorizer, property: 'JwtConfiguration', holds: kind === 'unknown' && holds === 'no' ? 'unknown' : holds, message };
    }
  },
});
