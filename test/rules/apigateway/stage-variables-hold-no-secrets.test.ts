import { SecretValue } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { stageVariablesHoldNoSecrets } from '../../../src/rules/apigateway/stage-variables-hold-no-secrets';
import { CODE } from '../../function/fixtures';
import { RuleCase, testRule } from '../rule-tester';

const EXPECTED = 'expected the ARN of a secret that the integration reads';

const apiWith = (variables: Record<string, string>): RuleCase['app'] => stack =>
  void new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), deployOptions: { variables } });
const stage = (type: string, properties: object) => ({ Stage: { Type: type, Properties: properties } });
const found = (property: string, message: string) => [{ at: 'Stack/Stage', property, message: `${message}, ${EXPECTED}` }];

testRule(stageVariablesHoldNoSecrets, {
  valid: {
    'a stage without variables': { app: apiWith({}) },
    'the name of a secret': { app: apiWith({ secret: 'orders/api' }) },
  },
  unknown: {
    'what deployment brings under the name of a password': {
      sections: { Parameters: { Given: { Type: 'String' } } },
      resources: stage('AWS::ApiGatewayV2::Stage', { StageVariables: { password: { Ref: 'Given' } } }),
      findings: found('StageVariables.password', '`${parameter Given}` is known at deployment only, and its name promises a password'),
    },
  },
  invalid: {
    'a secret that the CDK unwraps': {
      app: apiWith({ key: SecretValue.secretsManager('orders/api').unsafeUnwrap() }),
      findings: [{
        at: 'Stack/Api/DeploymentStage.prod/Resource',
        property: 'Variables.key',
        message: `\`{{resolve:secretsmanager:orders/api:SecretString:::}}\` is fetched at deployment and stored in plain text, ${EXPECTED}`,
      }],
    },
    'a password of a stage of version 2': {
      resources: stage('AWS::ApiGatewayV2::Stage', { StageVariables: { password: 'Summer' + '2024!' } }),
      findings: found('StageVariables.password', '`Su... (11 characters)` looks like the credential that its name promises'),
    },
    'a password of a stage that the deployment makes': {
      resources: stage('AWS::ApiGateway::Deployment', { StageDescription: { Variables: { password: 'Summer' + '2024!' } } }),
      findings: found('StageDescription.Variables.password', '`Su... (11 characters)` looks like the credential that its name promises'),
    },
  },
});
