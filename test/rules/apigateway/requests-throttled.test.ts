import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { requestsThrottled } from '../../../src/rules/apigateway/requests-throttled';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const api = (deployOptions: apigateway.StageOptions, props: apigateway.RestApiProps = {}): RuleCase['app'] => stack =>
  void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), deployOptions, ...props });
const stage = (properties: object, type = 'AWS::ApiGateway::Stage') => ({
  Api: { Type: 'AWS::ApiGateway::RestApi' }, Stage: { Type: type, Properties: { RestApiId: { Ref: 'Api' }, ...properties } },
});
const route = (settings: object, routeKey: unknown = 'GET /orders', stageSettings: object = {}) => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: routeKey } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, RouteSettings: settings, ...stageSettings } },
});
const found = (at = 'Stack/Stage', property = 'MethodSettings') => [{ at, property, message: 'no rate limit is set for all routes, expected `ThrottlingRateLimit`' }];

testRule(requestsThrottled, {
  valid: {
    'a limit for all methods': { app: api({ throttlingRateLimit: 100, throttlingBurstLimit: 200 }) },
    'a limit for all routes of an HTTP API': {
      app: stack => {
        const httpApi = new apigatewayv2.HttpApi(stack, 'Api', { createDefaultStage: false });
        new apigatewayv2.HttpStage(stack, 'Stage', { httpApi, throttle: { rateLimit: 100, burstLimit: 200 } });
      },
    },
    'a private API': { app: api({}, { endpointTypes: [apigateway.EndpointType.PRIVATE] }) },
    'a limit that lets nothing through': { resources: stage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 0 }] }) },
    'a stage that a deployment makes': { resources: stage({ StageName: 'prod', StageDescription: { ThrottlingRateLimit: 10 } }, 'AWS::ApiGateway::Deployment') },
    'a limit for each method': {
      app: stack => {
        const limit = { throttlingRateLimit: 10, throttlingBurstLimit: 5 };
        const { root } = new apigateway.RestApi(stack, 'Api', { deployOptions: { methodOptions: { '//GET': limit, '/orders/{id}/POST': limit } } });
        root.addMethod('GET');
        root.addResource('orders').addResource('{id}').addMethod('POST');
      },
    },
    'a limit for each route of an HTTP API': { resources: route({ 'GET /orders': { ThrottlingRateLimit: 10 } }) },
  },
  unknown: {
    'a route that a parameter names, where another has a limit': {
      sections: { Parameters: { Route: { Type: 'String' } } },
      resources: route({ 'GET /orders': { ThrottlingRateLimit: 10 } }, { Ref: 'Route' }),
      findings: found('Stack/Stage', 'DefaultRouteSettings'),
    },
    'a limit for one operation of a definition that stands elsewhere': {
      resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'definitions' } } },
        Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/', ThrottlingRateLimit: 10 }] } },
      },
      findings: found(),
    },
    'a limit under a condition': {
      sections: { Parameters: { Stage: { Type: 'String' } }, Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } } },
      resources: stage({ MethodSettings: { 'Fn::If': ['Live', [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 10 }], { Ref: 'AWS::NoValue' }] } }),
      findings: found(),
    },
    'a limit that a parameter sets': {
      sections: { Parameters: { Rate: { Type: 'Number' } } },
      resources: stage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: { Ref: 'Rate' } }] }),
      findings: found(),
    },
    'settings that a parameter brings': {
      sections: { Parameters: { Settings: { Type: 'String' } } }, resources: stage({ MethodSettings: [{ Ref: 'Settings' }] }), findings: found(),
    },
  },
  invalid: {
    'a REST API as the CDK makes it': { app: api({}), findings: found('Stack/Api/DeploymentStage.prod/Resource') },
    'an HTTP API as the CDK makes it': {
      app: stack => void new apigatewayv2.HttpApi(stack, 'Api'), findings: found('Stack/Api/DefaultStage/Resource', 'DefaultRouteSettings'),
    },
    'a limit for one method of all': { resources: stage({ MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/*', ThrottlingRateLimit: 10 }] }), findings: found() },
    'a limit for one route of two': {
      resources: { ...route({ 'GET /orders': { ThrottlingRateLimit: 10 } }), Other: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'POST /orders' } } },
      findings: found('Stack/Stage', 'DefaultRouteSettings'),
    },
    'one route that is exempt from the limit of all': {
      resources: route({ 'GET /orders': { ThrottlingRateLimit: -1 } }, undefined, { DefaultRouteSettings: { ThrottlingRateLimit: 10 } }),
      findings: found('Stack/Stage', 'DefaultRouteSettings'),
    },
    'a usage plan, which limits those who send a key': {
      app: stack => {
        const restApi = new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE) });
        restApi.addUsagePlan('Plan', { throttle: { rateLimit: 10, burstLimit: 5 }, apiStages: [{ stage: restApi.deploymentStage }] });
      },
      findings: found('Stack/Api/DeploymentStage.prod/Resource'),
    },
    'a limit that is switched off': { resources: stage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: -1 }] }), findings: found() },
  },
});
