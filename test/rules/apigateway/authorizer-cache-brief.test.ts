import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { authorizerCacheBrief } from '../../../src/rules/apigateway/authorizer-cache-brief';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const token = (resultsCacheTtl?: Duration): RuleCase['app'] => stack => {
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: new lambda.Function(stack, 'Fn', CODE), resultsCacheTtl });
  new apigateway.RestApi(stack, 'Api').root.addMethod('GET', undefined, { authorizer });
};
const authorizer = (properties: object, version = '') => ({ Authorizer: { Type: `AWS::ApiGateway${version}::Authorizer`, Properties: { AuthorizerUri: 'arn', ...properties } } });
const found = (kept: string, most = 300, at = 'Stack/Authorizer') => [{
  at, property: 'AuthorizerResultTtlInSeconds', message: `decisions are kept for \`${kept}\` s, expected at most \`${most}\` s`,
}];

testRule(authorizerCacheBrief, {
  valid: {
    'the default of the CDK': { app: token() },
    'none kept': { app: token(Duration.seconds(0)) },
    'five minutes': { app: token(Duration.minutes(5)) },
    'the default of API Gateway': { resources: authorizer({}) },
    'an HTTP API that keeps none unless told': { resources: authorizer({}, 'V2'), options: { maximumSeconds: 0 } },
    'tokens that API Gateway checks by itself': { resources: { Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { AuthorizerType: 'JWT' } } }, options: { maximumSeconds: 0 } },
    'an hour, where the user wants it': { app: token(Duration.hours(1)), options: { maximumSeconds: 3600 } },
  },
  unknown: {
    'what a parameter says': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } }, resources: authorizer({ AuthorizerResultTtlInSeconds: { Ref: 'Seconds' } }), findings: found('${parameter Seconds}'),
    },
  },
  invalid: {
    'a second more': { app: token(Duration.seconds(301)), findings: found('301', 300, 'Stack/Authorizer/Resource') },
    'an HTTP API of the CDK': {
      app: stack => void new apigatewayv2.HttpApi(stack, 'Api', {
        defaultAuthorizer: new HttpLambdaAuthorizer('Authorizer', new lambda.Function(stack, 'Fn', CODE), { resultsCacheTtl: Duration.hours(1) }),
        defaultIntegration: new HttpUrlIntegration('All', 'https://example.com'),
      }),
      findings: found('3600', 300, 'Stack/Api/Authorizer/Resource'),
    },
    'the default of API Gateway, where none may be kept': { resources: authorizer({}), options: { maximumSeconds: 0 }, findings: found('300', 0) },
  },
});
