import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { wafAttached } from '../../../src/rules/apigateway/waf-attached';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const apiOf = (stack: Stack, props: apigateway.RestApiProps = {}) =>
  new apigateway.LambdaRestApi(stack, 'Api', { handler: new lambda.Function(stack, 'Fn', CODE), ...props });
const webAclArn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acl/1';
const found = (at = 'Stack/Stage') => [{ at, message: 'no web ACL is associated, expected one for a stage that the internet can reach' }];
const resources = {
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
};
const association = (arn: unknown) => ({ Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: arn } } });

testRule(wafAttached, {
  valid: {
    'a stage of the CDK': { app: stack => void new wafv2.CfnWebACLAssociation(stack, 'Acl', { webAclArn, resourceArn: apiOf(stack).deploymentStage.stageArn }) },
    'an association in another stack': {
      app: (stack, app) => void new wafv2.CfnWebACLAssociation(new Stack(app, 'Acls'), 'Acl', { webAclArn, resourceArn: apiOf(stack).deploymentStage.stageArn }),
    },
    'an ARN that names the stage by a literal': { resources: { ...resources, ...association({ 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' }) } },
    'a private API': { app: stack => void apiOf(stack, { endpointTypes: [apigateway.EndpointType.PRIVATE] }) },
    'an API that answers under its own domain name only': { app: stack => void apiOf(stack, { disableExecuteApiEndpoint: true }) },
    'an HTTP API, which can have none': { app: stack => void new apigatewayv2.HttpApi(stack, 'Api') },
  },
  unknown: {
    'an association with something that a parameter names': {
      sections: { Parameters: { Arn: { Type: 'String' } } }, resources: { ...resources, ...association({ Ref: 'Arn' }) }, findings: found(),
    },
  },
  invalid: {
    'a REST API as the CDK makes it': { app: stack => void apiOf(stack), findings: found('Stack/Api/DeploymentStage.prod/Resource') },
    'an association with something else': { resources: { ...resources, ...association('arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1') }, findings: found() },
  },
});
