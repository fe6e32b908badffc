import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { corsOriginsNamed } from '../../../src/rules/apigateway/cors-origins-named';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const httpApi = (allowOrigins: string[], defaultAuthorizer?: HttpIamAuthorizer): RuleCase['app'] => stack => {
  const api = new apigatewayv2.HttpApi(stack, 'Api', { corsPreflight: { allowOrigins }, defaultAuthorizer });
  api.addRoutes({ path: '/orders', integration: new HttpLambdaIntegration('Orders', new lambda.Function(stack, 'Fn', CODE)) });
};
const restApi = (allowOrigins: string[], authorizationType = apigateway.AuthorizationType.IAM): RuleCase['app'] => stack => {
  const api = new apigateway.RestApi(stack, 'Api', { defaultCorsPreflightOptions: { allowOrigins } });
  api.root.addMethod('GET', new apigateway.LambdaIntegration(new lambda.Function(stack, 'Fn', CODE)));
  api.root.addResource('orders').addMethod('POST', undefined, { authorizationType });
};
const found = (at: string, property: string, origins = '*') => ({ at, property, message: `scripts of any origin, \`${origins}\`, may call, expected named origins` });
const route = (api: object, properties: object) => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', ...api } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders', ...properties } },
});
const ANY = { CorsConfiguration: { AllowOrigins: ['*'] } };

testRule(corsOriginsNamed, {
  valid: {
    'named origins': { app: httpApi(['https://example.com'], new HttpIamAuthorizer()) },
    'any origin, where everybody may call': { app: httpApi(['*']) },
    'a REST API with named origins': { app: restApi(['https://example.com']) },
    'a REST API where everybody may call': { app: restApi(['*'], apigateway.AuthorizationType.NONE) },
    'an API without CORS': { resources: route({}, { AuthorizationType: 'AWS_IAM' }) },
  },
  unknown: {
    'an origin that a parameter names': {
      sections: { Parameters: { Origin: { Type: 'String' } } },
      resources: route({ CorsConfiguration: { AllowOrigins: [{ Ref: 'Origin' }] } }, { AuthorizationType: 'AWS_IAM' }),
      findings: [found('Stack/Api', 'CorsConfiguration.AllowOrigins', '${parameter Origin}')],
    },
    'an authorization that a parameter names': {
      sections: { Parameters: { Type: { Type: 'String' } } },
      resources: route(ANY, { AuthorizationType: { Ref: 'Type' } }),
      findings: [found('Stack/Api', 'CorsConfiguration.AllowOrigins')],
    },
  },
  invalid: {
    'any origin for a route with an authorizer': {
      app: httpApi(['*'], new HttpIamAuthorizer()),
      findings: [{ ...found('Stack/Api/Resource', 'CorsConfiguration.AllowOrigins'), reasons: ['`ANY /orders` asks for `AWS_IAM`'] }],
    },
    'the one path of a REST API whose method asks': {
      app: restApi(['*']),
      findings: [found('Stack/Api/Default/orders/OPTIONS/Resource', 'Integration.IntegrationResponses.0.ResponseParameters')],
    },
    'one route of several': {
      resources: { ...route(ANY, {}), Other: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'POST /orders', AuthorizationType: 'JWT' } } },
      findings: [found('Stack/Api', 'CorsConfiguration.AllowOrigins')],
    },
  },
});
