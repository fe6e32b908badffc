import * as cdk from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin, RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { functionOrigins } from '../../../src/model/cloudfront/function-origins';
import { CODE } from '../../function/fixtures';
import { synthesized } from '../../iam/model-of';

/** Where the origins of the one distribution lead. */
function sources(origin: (stack: cdk.Stack) => cloudfront.IOrigin): string[] {
  const app = synthesized(stack => void new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin: origin(stack) } }));
  return app.ofType('AWS::CloudFront::Distribution').flatMap(distribution => functionOrigins(app).get(distribution)).map(({ property, source }) => `${property} ${source}`);
}

const fn = (stack: cdk.Stack) => new lambda.Function(stack, 'Fn', CODE);

test.each<[string, (stack: cdk.Stack) => cloudfront.IOrigin, string[]]>([
  ['the URL of a function', stack => FunctionUrlOrigin.withOriginAccessControl(fn(stack).addFunctionUrl()), ['Stack/Fn/FunctionUrl/Resource']],
  ['a REST API', stack => new RestApiOrigin(new apigateway.LambdaRestApi(stack, 'Api', { handler: fn(stack) })), ['Stack/Api/Resource']],
  ['an HTTP API by its endpoint', stack => new HttpOrigin(cdk.Fn.parseDomainName(new apigatewayv2.HttpApi(stack, 'Api').apiEndpoint)), ['Stack/Api/Resource']],
  ['an HTTP API by its id', stack => new HttpOrigin(`${new apigatewayv2.HttpApi(stack, 'Api').apiId}.execute-api.${stack.region}.amazonaws.com`), ['Stack/Api/Resource']],
  ['the domain name of somebody', () => new HttpOrigin('www.example.com'), []],
])('%s', (_, origin, expected) => expect(sources(origin)).toEqual(expected.map(source => `DistributionConfig.Origins.0 ${source}`)));
