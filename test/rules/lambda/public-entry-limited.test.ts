import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { publicEntryLimited } from '../../../src/rules/lambda/public-entry-limited';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const fn = (stack: Stack, reservedConcurrentExecutions?: number) => new lambda.Function(stack, 'Fn', { ...CODE, reservedConcurrentExecutions });
const url = (authType: lambda.FunctionUrlAuthType, reserved?: number): RuleCase['app'] => stack => void fn(stack, reserved).addFunctionUrl({ authType });
const httpApi = (props: apigatewayv2.HttpApiProps = {}, reserved?: number): RuleCase['app'] => stack => {
  const api = new apigatewayv2.HttpApi(stack, 'Api', props);
  api.addRoutes({ path: '/orders', integration: new HttpLambdaIntegration('Orders', fn(stack, reserved)) });
  if (props.createDefaultStage === false) new apigatewayv2.HttpStage(stack, 'Stage', { httpApi: api, throttle: { rateLimit: 100, burstLimit: 50 } });
};
const restApi = (stack: Stack, props: apigateway.RestApiProps = {}) => new apigateway.LambdaRestApi(stack, 'Api', { handler: fn(stack), ...props });
const endpoint = (properties: object) => ({
  Endpoint: { Type: 'AWS::Lambda::WebFunctionEndpoint', Properties: { AuthType: 'ApplicationManaged', EndpointName: 'e', EndpointType: 'PerRegion', FunctionName: 'f', ...properties } },
});
const found = (entry: string, at = entry, property = 'ReservedConcurrentExecutions') => [{
  at, property, message: `everybody may call ${entry} without limit, expected a rate limit, a web ACL or reserved concurrency`,
}];
const { NONE, AWS_IAM } = lambda.FunctionUrlAuthType;

testRule(publicEntryLimited, {
  valid: {
    'a URL that asks who calls': { app: url(AWS_IAM) },
    'a URL of a function with reserved concurrency': { app: url(NONE, 5) },
    'a URL of a function that is switched off': { app: url(NONE, 0) },
    'an HTTP API that asks who calls': { app: httpApi({ defaultAuthorizer: new HttpIamAuthorizer() }) },
    'an HTTP API with a rate limit': { app: httpApi({ createDefaultStage: false }) },
    'an HTTP API whose functions have reserved concurrency': { app: httpApi({}, 5) },
    'a REST API with a web ACL': {
      app: stack => void new wafv2.CfnWebACLAssociation(stack, 'Acl', {
        webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acl/1', resourceArn: restApi(stack).deploymentStage.stageArn,
      }),
    },
    'a REST API with a rate limit': { app: stack => void restApi(stack, { deployOptions: { throttlingRateLimit: 10, throttlingBurstLimit: 5 } }) },
    'a private REST API': { app: stack => void restApi(stack, { endpointTypes: [apigateway.EndpointType.PRIVATE] }) },
    'an API that answers without a function': { app: stack => void new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.MockIntegration()) },
    'an endpoint with a rate limit': { resources: endpoint({ ThrottleConfig: { RateLimit: 100 } }) },
    'an endpoint that scales only so far': { resources: endpoint({ ScalingConfig: { MaxEnvironments: 10 } }) },
    'an endpoint that asks who calls': { resources: endpoint({ AuthType: 'IamAuth' }) },
  },
  unknown: {
    'a URL of a function of another app': {
      resources: { Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: 'elsewhere' } } }, findings: found('Stack/Url', 'Stack/Url', 'TargetFunctionArn'),
    },
    'a URL whose kind a parameter names': {
      sections: { Parameters: { Type: { Type: 'String' } } },
      resources: { Fn: { Type: 'AWS::Lambda::Function' }, Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: { Ref: 'Type' }, TargetFunctionArn: { Ref: 'Fn' } } } },
      findings: found('Stack/Url', 'Stack/Fn'),
    },
    'reserved concurrency that a parameter sets': {
      sections: { Parameters: { Reserved: { Type: 'Number' } } },
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: { Ref: 'Reserved' } } },
        Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { Ref: 'Fn' } } },
      },
      findings: found('Stack/Url', 'Stack/Fn'),
    },
  },
  invalid: {
    'a URL without anything': { app: url(NONE), findings: [{ ...found('Stack/Fn/FunctionUrl/Resource', 'Stack/Fn/Resource')[0], reasons: ['Stack/Fn/FunctionUrl/Resource asks nobody who calls'] }] },
    'a URL behind CloudFront with a web ACL, which can be called without it': {
      app: stack => {
        const origin = new FunctionUrlOrigin(fn(stack).addFunctionUrl({ authType: NONE }));
        new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin }, webAclId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/acl/1' });
      },
      findings: found('Stack/Fn/FunctionUrl/Resource', 'Stack/Fn/Resource'),
    },
    'an HTTP API as the CDK makes it': { app: httpApi(), findings: found('Stack/Api/DefaultStage/Resource', undefined, 'DefaultRouteSettings') },
    'a REST API as the CDK makes it': { app: stack => void restApi(stack), findings: found('Stack/Api/DeploymentStage.prod/Resource', undefined, 'MethodSettings') },
    'a WebSocket, whatever the function of its opening has': {
      app: stack => {
        const connectRouteOptions = { integration: new WebSocketLambdaIntegration('Connect', fn(stack, 5)) };
        new apigatewayv2.WebSocketStage(stack, 'Stage', { webSocketApi: new apigatewayv2.WebSocketApi(stack, 'Api', { connectRouteOptions }), stageName: 'prod' });
      },
      findings: found('Stack/Stage/Resource', undefined, 'DefaultRouteSettings'),
    },
    'an endpoint without anything': { resources: endpoint({}), findings: found('Stack/Endpoint', undefined, 'ThrottleConfig.RateLimit') },
  },
});
