import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { requestsValidated } from '../../../src/rules/apigateway/requests-validated';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const api = (method: string, options: (api: apigateway.RestApi, stack: Stack) => apigateway.MethodOptions): RuleCase['app'] => stack => {
  const rest = new apigateway.RestApi(stack, 'Api');
  rest.root.addMethod(method, new apigateway.LambdaIntegration(new lambda.Function(stack, 'Fn', CODE)), options(rest, stack));
};
const schema = { type: apigateway.JsonSchemaType.OBJECT };
const method = (properties: object) => ({ Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', Integration: { Type: 'AWS_PROXY' }, ...properties } } });
const found = (at: string, validator: string, models = '(not set)') => [{
  at, property: 'RequestValidatorId', message: `bodies are validated by \`${validator}\` against \`${models}\`, expected a validator of bodies and a model`,
}];

testRule(requestsValidated, {
  valid: {
    'a validator and a model': {
      app: api('POST', rest => ({ requestModels: { 'application/json': rest.addModel('Model', { schema }) }, requestValidatorOptions: { validateRequestBody: true } })),
    },
    'a method without a body': { app: api('GET', () => ({})) },
    'a method that calls nothing': { resources: method({ Integration: { Type: 'MOCK' } }) },
  },
  unknown: {
    'a validator that a parameter names': {
      sections: { Parameters: { Validator: { Type: 'String' } } },
      resources: method({ RequestValidatorId: { Ref: 'Validator' }, RequestModels: { 'application/json': 'Model' } }),
      findings: found('Stack/Method', '${parameter Validator}', '{"application/json":"Model"}'),
    },
  },
  invalid: {
    'a method as the CDK makes it': { app: api('POST', () => ({})), findings: found('Stack/Api/Default/POST/Resource', '(not set)') },
    'a validator without a model': {
      app: api('PUT', () => ({ requestValidatorOptions: { requestValidatorName: 'validator', validateRequestBody: true } })),
      findings: found('Stack/Api/Default/PUT/Resource', '${Stack/Api/validator/Resource.Ref}'),
    },
    'a validator of parameters only': {
      resources: {
        ...method({ RequestValidatorId: { Ref: 'Validator' }, RequestModels: { 'application/json': 'Model' } }),
        Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { ValidateRequestParameters: true } },
      },
      findings: found('Stack/Method', '${Stack/Validator.Ref}', '{"application/json":"Model"}'),
    },
  },
});
