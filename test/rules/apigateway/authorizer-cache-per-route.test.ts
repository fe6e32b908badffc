import { Duration } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaAuthorizerProps, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { authorizerCachePerRoute } from '../../../src/rules/apigateway/authorizer-cache-per-route';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const { GET, POST } = apigatewayv2.HttpMethod;
const api = (props: HttpLambdaAuthorizerProps, methods = [GET, POST]): RuleCase['app'] => stack => {
  const defaultAuthorizer = new HttpLambdaAuthorizer('Authorizer', new lambda.Function(stack, 'Fn', CODE), { responseTypes: [HttpLambdaResponseType.SIMPLE], ...props });
  new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer }).addRoutes({ path: '/', methods, integration: new HttpUrlIntegration('All', 'https://example.com') });
};
const resources = (authorizer: object) => ({
  Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { AuthorizerUri: 'arn', EnableSimpleResponses: true, IdentitySource: ['$request.header.Authorization'], ...authorizer } },
  Get: { Type: 'AWS::ApiGatewayV2::Route', Properties: { AuthorizerId: { Ref: 'Authorizer' } } },
  Post: { Type: 'AWS::ApiGatewayV2::Route', Properties: { AuthorizerId: { Ref: 'Authorizer' } } },
});
const found = (sources = '["$request.header.Authorization"]', at = 'Stack/Authorizer') => [{
  at, property: 'IdentitySource', message: `yes or no is kept under \`${sources}\`, expected \`$context.routeKey\` among them`,
}];

testRule(authorizerCachePerRoute, {
  valid: {
    'the route among the sources': { app: api({ identitySource: ['$request.header.Authorization', '$context.routeKey'] }) },
    'none kept': { app: api({ resultsCacheTtl: Duration.seconds(0) }) },
    'none kept, as API Gateway does unless told': { resources: resources({}) },
    'a policy as answer': { app: api({ responseTypes: [HttpLambdaResponseType.IAM] }) },
    'a single route': { app: api({}, [GET]) },
  },
  unknown: {
    'how long a parameter says': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } }, resources: resources({ AuthorizerResultTtlInSeconds: { Ref: 'Seconds' } }), findings: found(),
    },
    'sources that a parameter names': {
      sections: { Parameters: { Source: { Type: 'String' } } },
      resources: resources({ AuthorizerResultTtlInSeconds: 300, IdentitySource: [{ Ref: 'Source' }] }),
      findings: found('[{"Ref":"Source"}]'),
    },
  },
  invalid: {
    'simple responses for two routes, as the CDK makes them': { app: api({}), findings: found(undefined, 'Stack/Api/Authorizer/Resource') },
    'one second': { resources: resources({ AuthorizerResultTtlInSeconds: 1 }), findings: found() },
  },
});
