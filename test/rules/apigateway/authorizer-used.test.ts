import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { authorizerUsed } from '../../../src/rules/apigateway/authorizer-used';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const unused = (api: object = {}) => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', ...api } },
  Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: { Ref: 'Api' }, AuthorizerType: 'JWT' } },
});
const route = (properties: object) => ({ Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders', ...properties } } });
const FOUND = [{ at: 'Stack/Authorizer', message: 'no route names this authorizer, expected one that it decides on' }];

testRule(authorizerUsed, {
  valid: {
    'the default of an API': {
      app: stack => {
        const authorizer = new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: new lambda.Function(stack, 'Fn', CODE) });
        new apigateway.RestApi(stack, 'Api', { defaultMethodOptions: { authorizer } }).root.addMethod('GET');
      },
    },
    'a route in another stack': {
      app: (stack, app) => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
        api.root.addMethod('OPTIONS');
        const authorizer = new apigateway.CfnAuthorizer(stack, 'Authorizer', { restApiId: api.restApiId, name: 'a', type: 'TOKEN', authorizerUri: fn.functionArn });
        new apigateway.CfnMethod(new Stack(app, 'Routes'), 'Method', {
          restApiId: api.restApiId, resourceId: api.root.resourceId, httpMethod: 'GET', authorizationType: 'CUSTOM', authorizerId: authorizer.ref,
        });
      },
    },
    'the opening of a WebSocket': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        const integration = new WebSocketLambdaIntegration('Connect', fn);
        new apigatewayv2.WebSocketApi(stack, 'Api', { connectRouteOptions: { integration, authorizer: new WebSocketLambdaAuthorizer('Authorizer', fn) } });
      },
    },
    'SAM, which names it in each route': {
      sections: { Transform: 'AWS::Serverless-2016-10-31' as unknown as object },
      resources: {
        Api: { Type: 'AWS::Serverless::HttpApi', Properties: { Auth: { DefaultAuthorizer: 'Users', Authorizers: { Users: { JwtConfiguration: { issuer: 'https://example.com', audience: ['orders'] } } } } } },
        Fn: { Type: 'AWS::Serverless::Function', Properties: { Events: { Get: { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Api' }, Path: '/', Method: 'get' } } } } },
      },
    },
    'an API without authorizer': { app: stack => void new apigatewayv2.HttpApi(stack, 'Api') },
  },
  unknown: {
    'an authorizer that other apps may name': { resources: unused(), sections: { Outputs: { Id: { Value: { Ref: 'Authorizer' }, Export: { Name: 'authorizer' } } } }, findings: FOUND },
    'a definition that stands elsewhere': { resources: unused({ BodyS3Location: { Bucket: 'definitions' } }), findings: FOUND },
    'a route with an authorizer that a parameter names': {
      sections: { Parameters: { Id: { Type: 'String' } } }, resources: { ...unused(), ...route({ AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Id' } }) }, findings: FOUND,
    },
    'an API of another app': { resources: { Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: 'a1b2c3', AuthorizerType: 'JWT' } } }, findings: FOUND },
  },
  invalid: {
    'no route at all': { resources: unused(), findings: FOUND },
    'routes that ask for nothing': { resources: { ...unused(), ...route({}) }, findings: FOUND },
    'SAM, where neither API nor event names it': {
      sections: { Transform: 'AWS::Serverless-2016-10-31' as unknown as object },
      resources: {
        Api: { Type: 'AWS::Serverless::HttpApi', Properties: { Auth: { Authorizers: { Users: { JwtConfiguration: { issuer: 'https://example.com', audience: ['orders'] } } } } } },
        Fn: { Type: 'AWS::Serverless::Function', Properties: { Events: { Get: { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Api' }, Path: '/', Method: 'get' } } } } },
      },
      findings: [{ ...FOUND[0], at: 'Stack/ApiUsersAuthorizer' }],
    },
  },
});
