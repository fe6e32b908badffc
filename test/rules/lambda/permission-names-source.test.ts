import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { permissionNamesSource } from '../../../src/rules/lambda/permission-names-source';
import { CODE } from '../../function/fixtures';
import { testRule } from '../rule-tester';

const permission = (Principal: unknown, properties: object = {}) => ({
  P: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal, ...properties } },
});
const sections = { Parameters: { Any: { Type: 'String' } } };
const found = (service: string, expected = 'the ARN or the account of the source', property = 'SourceArn') => [{
  at: 'Stack/P', property, message: `\`${service}\` may run the function on behalf of anybody, expected ${expected}`,
}];
const BUCKET = 'the account of the bucket';

testRule(permissionNamesSource, {
  valid: {
    'triggers of the CDK': {
      app: stack => {
        const fn = new lambda.Function(stack, 'Fn', CODE);
        new apigateway.LambdaRestApi(stack, 'Api', { handler: fn });
        new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(fn)] });
        new s3.Bucket(stack, 'Bucket').addObjectCreatedNotification(new notifications.LambdaDestination(fn));
        new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.LambdaSubscription(fn));
        new logs.LogGroup(stack, 'Logs').addSubscriptionFilter('Filter', {
          destination: new destinations.LambdaDestination(fn), filterPattern: logs.FilterPattern.allEvents(),
        });
      },
    },
    'rotation of a secret, whose construct names none': {
      app: stack => new secretsmanager.Secret(stack, 'Secret').addRotationSchedule('Rotation', { rotationLambda: new lambda.Function(stack, 'Fn', CODE) }),
    },
    'an account': { resources: permission('events.amazonaws.com', { SourceAccount: '123456789012' }) },
    'this account': { resources: permission('events.amazonaws.com', { SourceAccount: { Ref: 'AWS::AccountId' } }) },
    'an account from a parameter': { sections, resources: permission('events.amazonaws.com', { SourceAccount: { Ref: 'Any' } }) },
    'any rule of an account': { resources: permission('events.amazonaws.com', { SourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/*' }) },
    'any stage and method of an API': { resources: permission('apigateway.amazonaws.com', { SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:api/*/*' }) },
    'a bucket of an account': { resources: permission('s3.amazonaws.com', { SourceArn: 'arn:aws:s3:::bucket', SourceAccount: '123456789012' }) },
    'an organization': { resources: permission('events.amazonaws.com', { PrincipalOrgID: 'o-a1b2c3d4e5' }) },
    'a skill with a token': { resources: permission('alexa-appkit.amazon.com', { EventSourceToken: 'skill' }) },
    'a role, which is no service': { resources: permission('arn:aws:iam::123456789012:role/a') },
  },
  unknown: {
    'an ARN from a parameter': { sections, resources: permission('sns.amazonaws.com', { SourceArn: { Ref: 'Any' } }), findings: found('sns') },
  },
  invalid: {
    'nothing': {
      app: stack => new lambda.Function(stack, 'Fn', CODE).addPermission('Sns', { principal: new iam.ServicePrincipal('sns.amazonaws.com') }),
      findings: [{
        at: 'Stack/Fn/Sns',
        property: 'SourceArn',
        message: '`sns` may run the function on behalf of anybody, expected the ARN or the account of the source',
        reasons: ['which Stack/Fn/Resource is open by'],
      }],
    },
    'any account': { resources: permission('sns.amazonaws.com', { SourceArn: 'arn:aws:sns:*:*:*' }), findings: found('sns') },
    'any source': { resources: permission('sns.amazonaws.com', { SourceArn: '*' }), findings: found('sns') },
    'a bucket whose name may change hands': { resources: permission('s3.amazonaws.com', { SourceArn: 'arn:aws:s3:::bucket' }), findings: found('s3', BUCKET) },
    'a skill without token': { resources: permission('alexa-appkit.amazon.com'), findings: found('alexa-appkit') },
    'a whole policy': {
      resources: {
        P: {
          Type: 'AWS::Lambda::ResourcePolicy',
          Properties: {
            ResourceArn: 'f',
            PolicyDocument: {
              Statement: {
                Effect: 'Allow',
                Action: 'lambda:InvokeFunction',
                Principal: { Service: 'sns.amazonaws.com' },
                Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '123456789012' } },
              },
            },
          },
        },
      },
      findings: found('sns', undefined, 'PolicyDocument.Statement.Condition'),
    },
  },
});
