import * as appsync from 'aws-cdk-lib/aws-appsync';
import { apiAuthenticated } from '../../../src/rules/appsync/api-authenticated';
import { RuleCase, testRule } from '../rule-tester';

const api = (authorizationConfig?: appsync.AuthorizationConfig): RuleCase['app'] => stack => void new appsync.GraphqlApi(stack, 'Api', {
  name: 'orders', definition: { schema: { bind: each => ({ apiId: (each as appsync.GraphqlApi).apiId, definition: 'type Query { id: ID }' }) } }, authorizationConfig,
});
const graphql = (properties: object) => ({ Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: properties } });
const found = (property: string, mode = 'API_KEY', at = 'Stack/Api') => [{
  at, property, message: `callers are let in by \`${mode}\`, expected \`AWS_IAM\`, Cognito, OpenID Connect or a function`,
}];

testRule(apiAuthenticated, {
  valid: {
    'IAM': { app: api({ defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } }) },
    'an API for events with IAM': {
      app: stack => void new appsync.EventApi(stack, 'Api', {
        apiName: 'events', authorizationConfig: { authProviders: [{ authorizationType: appsync.AppSyncAuthorizationType.IAM }] },
      }),
    },
  },
  unknown: {
    'what a parameter names': {
      sections: { Parameters: { Mode: { Type: 'String' } } },
      resources: graphql({ AuthenticationType: { Ref: 'Mode' } }),
      findings: found('AuthenticationType', '${parameter Mode}'),
    },
  },
  invalid: {
    'an API as the CDK makes it': { app: api(), findings: found('AuthenticationType', 'API_KEY', 'Stack/Api/Resource') },
    'a key beside something better': {
      resources: graphql({ AuthenticationType: 'AWS_IAM', AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] }),
      findings: found('AdditionalAuthenticationProviders.0.AuthenticationType'),
    },
    'an API for events as the CDK makes it': {
      app: stack => void new appsync.EventApi(stack, 'Api', { apiName: 'events' }),
      findings: found('EventConfig.AuthProviders.0.AuthType', 'API_KEY', 'Stack/Api/Resource'),
    },
  },
});
