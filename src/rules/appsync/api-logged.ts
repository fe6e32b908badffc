import { all } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const apiLogged = defineRule({
  id: 'appsync/api-logged',
  severity: Severity.MEDIUM,
  summary: 'APIs of AppSync log what they answer and which resolvers fail',
  rationale: 'Requests that are refused, and resolvers that work without a function, appear in no other log: nobody sees an attack, nor can tell afterwards who called.',
  remedy: 'Switch the log of fields on, and leave out its verbose content, which holds headers and data.',
  fix: `new appsync.GraphqlApi(this, 'Api', {
  name, definition,
  logConfig: { fieldLogLevel: appsync.FieldLogLevel.ERROR, excludeVerboseContent: true },
});`,
  references: ['https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html'],
  peers: { 'cdk-nag': ['AwsSolutions-ASC3'], 'checkov': ['CKV_AWS_193', 'CKV_AWS_194'], 'Prowler': ['appsync_field_level_logging_enabled'] },
  compliance: {
    securityHub: ['AppSync.2'],
    nist80053: ['AU-2', 'AU-12', 'SI-4'],
    pciDss: ['10.2.1'],
    hipaa: ['164.312(b)'],
    owaspServerless: ['A10'],
    csaSas: ['SAS-5'],
  },

  *check(app) {
    for (const api of app.ofType('AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api')) {
      const graphql = api.type === 'AWS::AppSync::GraphQLApi';
      const property = graphql ? 'LogConfig' : 'EventConfig.LogConfig';
      const config = api.get(property);
      const [level, role] = [config.get(graphql ? 'FieldLogLevel' : 'LogLevel').or('NONE'), config.get('CloudWatchLogsRoleArn')];
      const holds = all([level.satisfies(({ text }) => text !== 'NONE'), role.isSet]);
      yield { resource: api, property, holds, message: () => `the log level is \`${level}\` and the role \`${role}\`, expected a level such as \`ERROR\` and a role` };
    }
  },
});
