import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { authorizerFitsRoute } from '../../../src/rules/apigateway/authorizer-fits-route';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const method = (authorizationType: unknown, type: unknown = 'TOKEN', authorizerApi: unknown = { Ref: 'Api' }) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Other: { Type: 'AWS::ApiGateway::RestApi' },
  Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: authorizerApi, Type: type } },
  Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', AuthorizerId: { Ref: 'Authorizer' }, AuthorizationType: authorizationType } },
});
const asks = (asked: string, kind = 'TOKEN') => [{
  at: 'Stack/Method', property: 'AuthorizationType', message: `the route asks for \`${asked}\`, expected what its authorizer does, \`${kind}\``,
}];

testRule(authorizerFitsRoute, {
  valid: {
    'a REST API of the CDK': {
      app: stack => {
        const authorizer = new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: new lambda.Function(stack, 'Fn', CODE) });
        new apigateway.RestApi(stack, 'Api', { defaultMethodOptions: { authorizer } }).root.addMethod('GET');
      },
    },
    'an HTTP API of the CDK': {
      app: stack => void new apigatewayv2.HttpApi(stack, 'Api', {
        defaultAuthorizer: new HttpJwtAuthorizer('Authorizer', 'https://issuer.example.com', { jwtAudience: ['orders'] }),
        defaultIntegration: new HttpUrlIntegration('All', 'https://example.com'),
      }),
    },
    'a user pool': { resources: method('COGNITO_USER_POOLS', 'COGNITO_USER_POOLS') },
    'a route without authorizer': { resources: { Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { AuthorizationType: 'AWS_IAM' } } } },
    'an authorizer of another app': { resources: { Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { AuthorizationType: 'JWT', AuthorizerId: 'a1b2c3' } } } },
  },
  unknown: {
    'what a parameter asks for': {
      sections: { Parameters: { Type: { Type: 'String' } } }, resources: method({ Ref: 'Type' }), findings: asks('${parameter Type}'),
    },
    'an authorizer of an API that a parameter names': {
      sections: { Parameters: { Elsewhere: { Type: 'String' } } },
      resources: method('CUSTOM', 'TOKEN', { Ref: 'Elsewhere' }),
      findings: asks('CUSTOM'),
    },
    'a name that every object has': { resources: { ...method('constructor', undefined), Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' } } } }, findings: asks('constructor', '(not set)') },
  },
  invalid: {
    'a method that asks for nothing': { resources: method(undefined), findings: asks('NONE') },
    'a method that asks for a signature': { resources: method('AWS_IAM'), findings: asks('AWS_IAM') },
    'a method that asks for a user pool': { resources: method('COGNITO_USER_POOLS'), findings: asks('COGNITO_USER_POOLS') },
    'the authorizer of another API': {
      resources: method('CUSTOM', 'TOKEN', { Ref: 'Other' }),
      findings: [{ at: 'Stack/Method', property: 'AuthorizerId', message: 'the authorizer is of `Stack/Other`, expected one of `Stack/Api`' }],
    },
  },
});
