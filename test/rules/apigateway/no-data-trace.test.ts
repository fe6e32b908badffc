import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { noDataTrace } from '../../../src/rules/apigateway/no-data-trace';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const api = (deployOptions: apigateway.StageOptions): RuleCase['app'] => stack =>
  void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), deployOptions });
const stage = (type: string, properties: object) => ({ Stage: { Type: type, Properties: properties } });
const found = (property: string, trace = 'true', at = 'Stack/Stage') => ({ at, property: `${property}.DataTraceEnabled`, message: `the data trace is \`${trace}\`, expected \`false\`` });

testRule(noDataTrace, {
  valid: {
    'a stage as the CDK makes it': { app: api({}) },
    'logs of errors': { app: api({ loggingLevel: apigateway.MethodLoggingLevel.ERROR, dataTraceEnabled: false }) },
    'an HTTP API': { resources: stage('AWS::ApiGatewayV2::Stage', { RouteSettings: { 'GET /a': { ThrottlingRateLimit: 1 } } }) },
  },
  unknown: {
    'a switch that a parameter sets': {
      sections: { Parameters: { Trace: { Type: 'String' } } },
      resources: stage('AWS::ApiGateway::Stage', { MethodSettings: [{ DataTraceEnabled: { Ref: 'Trace' } }] }),
      findings: [found('MethodSettings.0', '${parameter Trace}')],
    },
  },
  invalid: {
    'a trace of all methods': {
      app: api({ loggingLevel: apigateway.MethodLoggingLevel.INFO, dataTraceEnabled: true }),
      findings: [found('MethodSettings.0', 'true', 'Stack/Api/DeploymentStage.prod/Resource')],
    },
    'a trace of some routes of a WebSocket API': {
      resources: stage('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { DataTraceEnabled: false }, RouteSettings: { $connect: { DataTraceEnabled: true }, other: {} } }),
      findings: [found('RouteSettings.$connect')],
    },
    'a trace in the stage that a deployment makes': {
      resources: stage('AWS::ApiGateway::Deployment', { StageName: 'prod', StageDescription: { DataTraceEnabled: 'true' } }),
      findings: [found('StageDescription')],
    },
  },
});
