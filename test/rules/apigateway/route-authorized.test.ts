import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { routeAuthorized } from '../../../src/rules/apigateway/route-authorized';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const handlerOf = (stack: Stack) => new lambda.Function(stack, 'Fn', CODE);
const restApi = (props: Partial<apigateway.LambdaRestApiProps> = {}): RuleCase['app'] => stack =>
  void new apigateway.LambdaRestApi(stack, 'Api', { handler: handlerOf(stack), proxy: true, ...props });
const httpApi = (routeKey: apigatewayv2.HttpMethod, props: apigatewayv2.HttpApiProps = {}): RuleCase['app'] => stack => {
  const api = new apigatewayv2.HttpApi(stack, 'Api', props);
  api.addRoutes({ path: '/orders', methods: [routeKey], integration: new HttpLambdaIntegration('Orders', handlerOf(stack)) });
};
const definition = (body: object, properties: object = {}) => ({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body, ...properties } } });
const method = (properties: object, api: object = {}) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: api },
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, ...properties } },
});
const message = (name: string, authorization = 'NONE') => `\`${name}\` asks for \`${authorization}\`, expected an authorizer or \`AWS_IAM\``;
const found = (at: string, name: string, authorization?: string) => ({ at, property: 'AuthorizationType', message: message(name, authorization) });
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' };
const policy = (...statements: object[]) => ({ Policy: { Statement: statements } });

testRule(routeAuthorized, {
  valid: {
    'a REST API of the CDK with IAM': { app: restApi({ defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM } }) },
    'preflight requests, which no browser signs': {
      app: restApi({
        defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
        defaultCorsPreflightOptions: { allowOrigins: ['https://example.com'] },
      }),
    },
    'a private API': { app: restApi({ endpointTypes: [apigateway.EndpointType.PRIVATE] }) },
    'a policy that names who may call': {
      app: restApi({
        policy: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('111122223333')], actions: ['execute-api:Invoke'], resources: ['*'] })],
        }),
      }),
    },
    'an HTTP API with IAM': { app: httpApi(apigatewayv2.HttpMethod.GET, { defaultAuthorizer: new HttpIamAuthorizer() }) },
    'a WebSocket API that authorizes the opening': {
      app: stack => {
        const integration = new WebSocketLambdaIntegration('Connect', handlerOf(stack));
        new apigatewayv2.WebSocketApi(stack, 'Api', { connectRouteOptions: { integration, authorizer: new WebSocketIamAuthorizer() }, defaultRouteOptions: { integration } });
      },
    },
    'a definition that asks everywhere': {
      resources: definition({
        security: [{ users: [] }],
        components: { securitySchemes: { users: { 'type': 'apiKey', 'x-amazon-apigateway-authorizer': { type: 'token' } } } },
        paths: { '/orders': { parameters: [], get: {}, options: { security: [] } } },
      }),
    },
    'a definition that asks for IAM': { resources: definition({ paths: { '/orders': { get: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } } } }) },
    'a route that is meant for everybody': { app: httpApi(apigatewayv2.HttpMethod.GET), options: { publicRoutes: ['GET /orders'] } },
    'a definition that is malformed': { resources: definition({ paths: [null, 7, { get: 'x' }] }) },
  },
  unknown: {
    'what a parameter says': {
      sections: { Parameters: { Type: { Type: 'String' } } },
      resources: method({ AuthorizationType: { Ref: 'Type' } }),
      findings: [found('Stack/Method', 'GET /', '${parameter Type}')],
    },
    'a definition that stands elsewhere': {
      resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'definitions' } } } },
      findings: [{ at: 'Stack/Api', property: 'BodyS3Location', message: message('each route', '${definition}') }],
    },
    'a policy that takes back for some addresses what it gives to everybody': {
      resources: method({}, policy(ALLOW, { ...ALLOW, Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })),
      findings: [found('Stack/Method', 'GET /')],
    },
    'a kind of API that a parameter names': {
      sections: { Parameters: { Kind: { Type: 'String' } } },
      resources: method({}, { EndpointConfiguration: { Types: [{ Ref: 'Kind' }] } }),
      findings: [found('Stack/Method', 'GET /')],
    },
  },
  invalid: {
    'a REST API as the CDK makes it': {
      app: restApi(),
      findings: [
        found('Stack/Api/Default/ANY/Resource', 'ANY /'),
        found('Stack/Api/Default/{proxy+}/ANY/Resource', 'ANY /{proxy+}'),
      ],
    },
    'an API key, which tells nothing of who calls': { resources: method({ ApiKeyRequired: true }), findings: [found('Stack/Method', 'GET /')] },
    'an HTTP API as the CDK makes it': { app: httpApi(apigatewayv2.HttpMethod.POST), findings: [found('Stack/Api/POST--orders/Resource', 'POST /orders')] },
    'a policy for everybody': { resources: method({}, policy(ALLOW)), findings: [found('Stack/Method', 'GET /')] },
    'the opening of a WebSocket, and nothing after it': {
      app: stack => {
        const integration = new WebSocketLambdaIntegration('Connect', handlerOf(stack));
        new apigatewayv2.WebSocketApi(stack, 'Api', { connectRouteOptions: { integration }, defaultRouteOptions: { integration } });
      },
      findings: [found('Stack/Api/$connect-Route/Resource', '$connect')],
    },
    'an API with a target, which is all the API there is': {
      resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: 'arn:aws:lambda:eu-west-1:111122223333:function:orders' } } },
      findings: [{ at: 'Stack/Api', property: 'Target', message: message('$default') }],
    },
    'an operation of a definition that asks for a key alone': {
      resources: definition({
        components: { securitySchemes: { key: { type: 'apiKey' } } },
        paths: { '/orders': { post: { security: [{ key: [] }] } } },
      }),
      findings: [{ at: 'Stack/Api', property: 'Body.paths./orders.post', message: message('POST /orders') }],
    },
  },
});
