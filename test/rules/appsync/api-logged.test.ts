import * as appsync from 'aws-cdk-lib/aws-appsync';
import { apiLogged } from '../../../src/rules/appsync/api-logged';
import { RuleCase, testRule } from '../rule-tester';

const api = (logConfig?: appsync.LogConfig): RuleCase['app'] => stack => void new appsync.GraphqlApi(stack, 'Api', {
  name: 'orders', definition: { schema: { bind: each => ({ apiId: (each as appsync.GraphqlApi).apiId, definition: 'type Query { id: ID }' }) } }, logConfig,
});
const graphql = (properties: object) => ({ Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: properties } });
const found = (level: string, role = '(not set)', at = 'Stack/Api') => [{
  at, property: 'LogConfig', message: `the log level is \`${level}\` and the role \`${role}\`, expected a level such as \`ERROR\` and a role`,
}];

testRule(apiLogged, {
  valid: {
    'errors': { app: api({ fieldLogLevel: appsync.FieldLogLevel.ERROR, excludeVerboseContent: true }) },
    'an API for events': {
      resources: { Api: { Type: 'AWS::AppSync::Api', Properties: { EventConfig: { LogConfig: { LogLevel: 'ERROR', CloudWatchLogsRoleArn: 'arn' } } } } },
    },
  },
  unknown: {
    'a level that a parameter names': {
      sections: { Parameters: { Level: { Type: 'String' } } },
      resources: graphql({ LogConfig: { FieldLogLevel: { Ref: 'Level' }, CloudWatchLogsRoleArn: 'arn' } }),
      findings: found('${parameter Level}', 'arn'),
    },
  },
  invalid: {
    'an API as the CDK makes it': { app: api(), findings: found('NONE', '(not set)', 'Stack/Api/Resource') },
    'a level without a role': { resources: graphql({ LogConfig: { FieldLogLevel: 'ALL' } }), findings: found('ALL') },
    'a role without a level': { resources: graphql({ LogConfig: { FieldLogLevel: 'NONE', CloudWatchLogsRoleArn: 'arn' } }), findings: found('NONE', 'arn') },
  },
});
