import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { defaultEndpointClosed } from '../../../src/rules/apigateway/default-endpoint-closed';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const named = (stack: Stack) => ({ domainName: 'api.example.com', certificate: new acm.Certificate(stack, 'Certificate', { domainName: 'api.example.com' }) });
const restApi = (props: apigateway.RestApiProps): RuleCase['app'] => stack =>
  void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), domainName: named(stack), ...props });
const httpApi = (disableExecuteApiEndpoint?: boolean): RuleCase['app'] => stack => void new apigatewayv2.HttpApi(stack, 'Api', {
  disableExecuteApiEndpoint, defaultDomainMapping: { domainName: new apigatewayv2.DomainName(stack, 'Domain', named(stack)) },
});
const found = (closed: string, at: string) => [{
  at, property: 'DisableExecuteApiEndpoint', message: `it is \`${closed}\`, expected \`true\` for an API with a domain name of its own`, reasons: ['gives the API a domain name'],
}];

testRule(defaultEndpointClosed, {
  valid: {
    'a REST API under its own name only': { app: restApi({ disableExecuteApiEndpoint: true }) },
    'an HTTP API under its own name only': { app: httpApi(true) },
    'an API without a name of its own': { resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } } },
  },
  unknown: {
    'a switch that a parameter sets': {
      sections: { Parameters: { Closed: { Type: 'String' } } },
      resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { DisableExecuteApiEndpoint: { Ref: 'Closed' } } },
        Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: 'Api' } } },
      },
      findings: found('${parameter Closed}', 'Stack/Api'),
    },
  },
  invalid: {
    'a REST API that the CDK names': { app: restApi({}), findings: found('(not set)', 'Stack/Api/Resource') },
    'an HTTP API that the CDK names': { app: httpApi(), findings: found('(not set)', 'Stack/Api/Resource') },
  },
});
