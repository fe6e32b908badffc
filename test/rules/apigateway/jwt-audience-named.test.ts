import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer, HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { jwtAudienceNamed } from '../../../src/rules/apigateway/jwt-audience-named';
import { RuleCase, testRule } from '../rule-tester';

const api = (defaultAuthorizer: apigatewayv2.IHttpRouteAuthorizer): RuleCase['app'] => stack =>
  void new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer, defaultIntegration: new HttpUrlIntegration('All', 'https://example.com') });
const authorizer = (configuration: unknown, type: unknown = 'JWT') => ({ Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { AuthorizerType: type, JwtConfiguration: configuration } } });
const found = (issuer: string, audience: string) => [{
  at: 'Stack/Authorizer', property: 'JwtConfiguration', message: `tokens of \`${issuer}\` are accepted for \`${audience}\`, expected an issuer and an audience`,
}];

testRule(jwtAudienceNamed, {
  valid: {
    'an audience': { app: api(new HttpJwtAuthorizer('Authorizer', 'https://issuer.example.com', { jwtAudience: ['orders'] })) },
    'the clients of a user pool': {
      app: stack => api(new HttpUserPoolAuthorizer('Authorizer', new cognito.UserPool(stack, 'Pool'), {
        userPoolClients: [new cognito.UserPoolClient(stack, 'Client', { userPool: new cognito.UserPool(stack, 'Other') })],
      }))!(stack, undefined as never),
    },
    'an authorizer by function': { resources: authorizer(undefined, 'REQUEST') },
  },
  unknown: {
    'settings that a parameter brings': {
      sections: { Parameters: { Settings: { Type: 'String' } } },
      resources: authorizer({ Ref: 'Settings' }),
      findings: found('${parameter Settings}', '${parameter Settings}'),
    },
    'an audience that a parameter names': {
      sections: { Parameters: { Audience: { Type: 'CommaDelimitedList' } } },
      resources: authorizer({ 'Fn::If': ['Missing', { Issuer: 'https://issuer.example.com', Audience: { Ref: 'Audience' } }, {}] }),
      findings: found('https://issuer.example.com or (not set)', '${parameter Audience} or (not set)'),
    },
  },
  invalid: {
    'no audience': { resources: authorizer({ Issuer: 'https://issuer.example.com' }), findings: found('https://issuer.example.com', '(not set)') },
    'an empty audience': { resources: authorizer({ Issuer: 'https://issuer.example.com', Audience: [] }), findings: found('https://issuer.example.com', '[]') },
  },
});
