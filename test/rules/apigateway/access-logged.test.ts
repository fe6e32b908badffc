import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { accessLogged } from '../../../src/rules/apigateway/access-logged';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const found = (at: string, property: string, destination = '(not set)') => [{ at, property, message: `access is logged to \`${destination}\`, expected a log group` }];

testRule(accessLogged, {
  valid: {
    'a stage of a REST API': {
      app: stack => void new apigateway.LambdaRestApi(stack, 'Api', {
        handler: new lambda.Function(stack, 'Fn', CODE),
        deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(stack, 'Log')) },
      }),
    },
    'a stage of an HTTP API': {
      app: stack => {
        const httpApi = new apigatewayv2.HttpApi(stack, 'Api', { createDefaultStage: false });
        new apigatewayv2.HttpStage(stack, 'Stage', { httpApi, accessLogSettings: { destination: new apigatewayv2.LogGroupLogDestination(new logs.LogGroup(stack, 'Log')) } });
      },
    },
    'a deployment that makes no stage': { resources: { Deployment: { Type: 'AWS::ApiGateway::Deployment' } } },
  },
  unknown: {
    'settings that a parameter brings': {
      sections: { Parameters: { Settings: { Type: 'String' } } },
      resources: { Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { AccessLogSettings: { Ref: 'Settings' } } } },
      findings: found('Stack/Stage', 'AccessLogSettings', '${parameter Settings}'),
    },
  },
  invalid: {
    'a REST API as the CDK makes it': {
      app: stack => void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE) }),
      findings: found('Stack/Api/DeploymentStage.prod/Resource', 'AccessLogSetting'),
    },
    'an HTTP API as the CDK makes it': { app: stack => void new apigatewayv2.HttpApi(stack, 'Api'), findings: found('Stack/Api/DefaultStage/Resource', 'AccessLogSettings') },
    'a deployment that makes a stage': {
      resources: { Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { StageName: 'prod' } } }, findings: found('Stack/Deployment', 'StageDescription.AccessLogSetting'),
    },
  },
});
