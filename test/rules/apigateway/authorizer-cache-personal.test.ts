import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { authorizerCachePersonal } from '../../../src/rules/apigateway/authorizer-cache-personal';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const api = (props: Omit<apigateway.RequestAuthorizerProps, 'handler'>): RuleCase['app'] => stack => {
  const authorizer = new apigateway.RequestAuthorizer(stack, 'Authorizer', { handler: new lambda.Function(stack, 'Fn', CODE), ...props });
  new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.MockIntegration(), { authorizer });
};
const authorizer = (properties: object, version = 'V2') => ({ Authorizer: { Type: `AWS::ApiGateway${version}::Authorizer`, Properties: { AuthorizerUri: 'arn', ...properties } } });
const found = (source: string, at = 'Stack/Authorizer') => [{
  at, property: 'IdentitySource', message: `decisions are kept under \`${source}\`, expected something that differs from caller to caller`,
}];

testRule(authorizerCachePersonal, {
  valid: {
    'a header, whatever else': { app: api({ identitySources: [apigateway.IdentitySource.header('Authorization'), apigateway.IdentitySource.context('resourcePath')] }) },
    'no decisions kept': { app: api({ identitySources: [], resultsCacheTtl: Duration.seconds(0) }) },
    'the address of the caller': { app: api({ identitySources: [apigateway.IdentitySource.context('identity.sourceIp')] }) },
    'an HTTP API of the CDK': {
      app: stack => void new apigatewayv2.HttpApi(stack, 'Api', {
        defaultAuthorizer: new HttpLambdaAuthorizer('Authorizer', new lambda.Function(stack, 'Fn', CODE)),
        defaultIntegration: new HttpUrlIntegration('All', 'https://example.com'),
      }),
    },
    'an HTTP API that keeps none unless told': { resources: authorizer({ IdentitySource: ['$context.routeKey'] }) },
    'a user pool': { resources: { Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization' } } } },
  },
  unknown: {
    'how long a parameter says': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: authorizer({ AuthorizerResultTtlInSeconds: { Ref: 'Seconds' }, IdentitySource: ['$context.routeKey'] }),
      findings: found('["$context.routeKey"]'),
    },
    'what a parameter names': {
      sections: { Parameters: { Source: { Type: 'String' } } },
      resources: authorizer({ IdentitySource: { Ref: 'Source' } }, ''),
      findings: found('${parameter Source}'),
    },
  },
  invalid: {
    'the path alone, which is the same for all': {
      app: api({ identitySources: [apigateway.IdentitySource.context('resourcePath'), apigateway.IdentitySource.stageVariable('key')] }),
      findings: found('["context.resourcePath","stageVariables.key"]', 'Stack/Authorizer/Resource'),
    },
    'the route of an HTTP API': {
      resources: authorizer({ AuthorizerResultTtlInSeconds: 1, IdentitySource: ['$context.routeKey', '$stageVariables.key'] }),
      findings: found('["$context.routeKey","$stageVariables.key"]'),
    },
  },
});
