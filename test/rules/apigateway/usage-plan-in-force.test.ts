import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { usagePlanInForce } from '../../../src/rules/apigateway/usage-plan-in-force';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const planOf = (defaultMethodOptions?: apigateway.MethodOptions): RuleCase['app'] => stack => {
  const api = new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), defaultMethodOptions });
  api.addUsagePlan('Plan', { apiStages: [{ stage: api.deploymentStage }] });
};
const plan = (required: unknown, api: object = {}) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: api },
  Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: 'prod' }] } },
  ...required === undefined ? {} : { Method: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', ApiKeyRequired: required } } },
});
const found = (at = 'Stack/Plan', api = 'Stack/Api') => [{
  at, property: 'ApiStages.0', message: `no method of ${api} asks for a key, expected \`ApiKeyRequired\` where the plan is to hold`,
}];

testRule(usagePlanInForce, {
  valid: {
    'methods that ask for the key': { app: planOf({ apiKeyRequired: true }) },
    'one method of several, the others being for all': {
      app: stack => {
        const api = new apigateway.RestApi(stack, 'Api');
        api.root.addMethod('GET');
        api.root.addMethod('POST', undefined, { apiKeyRequired: true });
        api.addUsagePlan('Plan', { apiStages: [{ stage: api.deploymentStage }] });
      },
    },
    'an API of another app': { resources: { Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: 'a1b2c3', Stage: 'prod' }] } } } },
    'a plan without stages': { resources: { Plan: { Type: 'AWS::ApiGateway::UsagePlan' } } },
  },
  unknown: {
    'what a parameter says': { sections: { Parameters: { Required: { Type: 'String' } } }, resources: plan({ Ref: 'Required' }), findings: found() },
    'a definition': { resources: plan(undefined, { Body: { paths: { '/': { get: {} } } } }), findings: found() },
    'a definition that stands elsewhere': { resources: plan(undefined, { BodyS3Location: { Bucket: 'definitions' } }), findings: found() },
  },
  invalid: {
    'what the CDK makes by default': { app: planOf(), findings: found('Stack/Api/Plan/Resource', 'Stack/Api/Resource') },
    'methods that ask for none': { resources: plan(false), findings: found() },
  },
});
