import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { corsCredentialsGuarded } from '../../../src/rules/apigateway/cors-credentials-guarded';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const httpApi = (corsPreflight: apigatewayv2.CorsPreflightOptions): RuleCase['app'] => stack => void new apigatewayv2.HttpApi(stack, 'Api', { corsPreflight });
const restApi = (defaultCorsPreflightOptions: apigateway.CorsOptions): RuleCase['app'] => stack =>
  void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), proxy: false, defaultCorsPreflightOptions });
const api = (properties: object) => ({ Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', ...properties } } });
const found = (origins: string, at = 'Stack/Api', property = 'CorsConfiguration.AllowOrigins') =>
  [{ at, property, message: `scripts of any origin, \`${origins}\`, may send credentials along, expected named origins` }];

testRule(corsCredentialsGuarded, {
  valid: {
    'an HTTP API without CORS': { app: stack => void new apigatewayv2.HttpApi(stack, 'Api') },
    'any origin without credentials': { app: httpApi({ allowOrigins: ['*'] }) },
    'a named origin with credentials': { app: httpApi({ allowOrigins: ['https://example.com'], allowCredentials: true }) },
    'any origin of a REST API without credentials': { app: restApi({ allowOrigins: ['*'] }) },
    'a named origin of a REST API with credentials': { app: restApi({ allowOrigins: ['https://example.com'], allowCredentials: true }) },
    'a method that answers something else': {
      resources: {
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: { HttpMethod: 'OPTIONS', Integration: { IntegrationResponses: [{ ResponseParameters: { 'method.response.header.Allow': "'GET'" } }, {}] } },
        },
      },
    },
  },
  unknown: {
    'an origin that a parameter names': {
      sections: { Parameters: { Origin: { Type: 'String' } } },
      resources: api({ CorsConfiguration: { AllowOrigins: [{ Ref: 'Origin' }], AllowCredentials: true } }),
      findings: found('${parameter Origin}'),
    },
    'credentials that a parameter allows': {
      sections: { Parameters: { Allow: { Type: 'String' } } },
      resources: api({ CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: { Ref: 'Allow' } } }),
      findings: found('*'),
    },
  },
  invalid: {
    'all that begins with https': { app: httpApi({ allowOrigins: ['https://*'], allowCredentials: true }), findings: found('https://*', 'Stack/Api/Resource') },
    'any origin, among others': {
      resources: api({ CorsConfiguration: { AllowOrigins: ['https://example.com', '*'], AllowCredentials: 'true' } }), findings: found('https://example.com, *'),
    },
    'a REST API of the CDK': {
      app: restApi({ allowOrigins: ['*'], allowCredentials: true }),
      findings: found('*', 'Stack/Api/Default/OPTIONS/Resource', 'Integration.IntegrationResponses.0.ResponseParameters'),
    },
    'a definition': {
      resources: api({ Body: { 'openapi': '3.0.1', 'x-amazon-apigateway-cors': { allowOrigins: ['http://*'], allowCredentials: true } } }),
      findings: found('http://*', 'Stack/Api', 'Body.x-amazon-apigateway-cors.allowOrigins'),
    },
  },
});
