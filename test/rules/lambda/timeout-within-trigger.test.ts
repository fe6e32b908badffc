import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { timeoutWithinTrigger } from '../../../src/rules/lambda/timeout-within-trigger';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

function running(stack: Stack, seconds: number): lambda.Function {
  return new lambda.Function(stack, 'Fn', { ...CODE, timeout: Duration.seconds(seconds) });
}

function rest(stack: Stack, seconds: number, options: apigateway.LambdaIntegrationOptions = {}): void {
  new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.LambdaIntegration(running(stack, seconds), options));
}

function http(stack: Stack, seconds: number): void {
  new apigatewayv2.HttpApi(stack, 'Api', { defaultIntegration: new integrations.HttpLambdaIntegration('Integration', running(stack, seconds)) });
}

function pool(stack: Stack, seconds: number): void {
  new cognito.UserPool(stack, 'Pool', { lambdaTriggers: { preSignUp: running(stack, seconds) } });
}

function machine(stack: Stack, seconds: number, task?: number): void {
  const invoke = new LambdaInvoke(stack, 'Invoke', {
    lambdaFunction: running(stack, seconds), ...task ? { taskTimeout: stepfunctions.Timeout.duration(Duration.seconds(task)) } : {},
  });
  new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(invoke) });
}

function finding(seconds: string, limit: string, trigger: string) {
  return { at: 'Stack/Fn/Resource', property: 'Timeout', message: `the function may run for \`${seconds}\` s, expected at most \`${limit}\` s, for which ${trigger} waits` };
}

testRule(timeoutWithinTrigger, {
  valid: {
    'as long as a REST API waits': { app: stack => rest(stack, 29) },
    'as long as an HTTP API waits': { app: stack => http(stack, 30) },
    'as long as Cognito waits': { app: stack => pool(stack, 5) },
    'as long as a task waits': { app: stack => machine(stack, 60, 60) },
    'a task that waits for ever': { app: stack => machine(stack, 900) },
    'a REST API that doesn\'t wait': {
      app: stack => rest(stack, 900, { proxy: false, requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } }),
    },
    'a function that nothing waits for': { app: stack => void running(stack, 900) },
    'the sender of mails, which Cognito doesn\'t wait for': {
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 60 } },
        Pool: { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig: { CustomEmailSender: { LambdaArn: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } } },
      },
    },
    'a REST API whose quota was raised': {
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 60 } },
        Get: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { TimeoutInMillis: 60_000, Uri: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } },
      },
    },
  },
  unknown: {
    'a timeout from a parameter': {
      sections: { Parameters: { Seconds: { Type: 'Number' } } },
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: { Ref: 'Seconds' } } },
        Pool: { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig: { PreSignUp: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } },
      },
      findings: [{
        at: 'Stack/Fn',
        property: 'Timeout',
        message: 'the function may run for `${parameter Seconds}` s, expected at most `5` s, for which Stack/Pool waits',
      }],
    },
  },
  invalid: {
    'a second more than a REST API waits': {
      app: stack => rest(stack, 30),
      findings: [{
        ...finding('30', '29', 'Stack/Api/Default/GET/Resource'),
        reasons: ['Stack/Api/Default/GET/Resource invokes it and waits 29 s, after which it answers the caller with an error'],
      }],
    },
    'more than a REST API waits that waits less': {
      app: stack => rest(stack, 4, { timeout: Duration.seconds(3) }), findings: [finding('4', '3', 'Stack/Api/Default/GET/Resource')],
    },
    'a second more than an HTTP API waits': {
      app: stack => http(stack, 31), findings: [finding('31', '30', 'Stack/Api/DefaultRoute/Integration/Resource')],
    },
    'a second more than Cognito waits': { app: stack => pool(stack, 6), findings: [finding('6', '5', 'Stack/Pool/Resource')] },
    'a second more than a task waits': { app: stack => machine(stack, 61, 60), findings: [finding('61', '60', 'Stack/Machine/Resource')] },
    'more than a flow of Connect waits, which shows in a permission': {
      app: stack => running(stack, 9).addPermission('Connect', { principal: new iam.ServicePrincipal('connect.amazonaws.com') }),
      findings: [finding('9', '8', 'Stack/Fn/Connect')],
    },
    'more than two of three triggers wait, by the shortest': {
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 60 } },
        Slow: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { TimeoutInMillis: 60_000, Uri: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } },
        Api: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { Uri: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } },
        Pool: { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig: { PreSignUp: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } },
      },
      findings: [{
        at: 'Stack/Fn',
        property: 'Timeout',
        message: 'the function may run for `60` s, expected at most `5` s, for which Stack/Pool waits',
        reasons: [
          'Stack/Pool invokes it and waits 5 s, after which it tries again, twice, and then fails the sign-in',
          'Stack/Api invokes it and waits 29 s, after which it answers the caller with an error',
        ],
      }],
    },
  },
});
