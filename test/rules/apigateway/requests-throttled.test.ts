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
  },
  unknown: {
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
    'a limit that is switched off': { resources: stage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: -1 }] }), findings: found() },
  },
});
