import { App, aws_stepfunctions_tasks as tasks, CustomResource, Duration, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as logDestinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { AppModel } from '../../../src/model/app-model';
import { triggers } from '../../../src/model/lambda/triggers';
import { readTree, stacksBelow } from '../../../src/model/read-tree';
import { CODE } from '../../function/fixtures';

function modelOf(build: (stack: Stack, fn: lambda.Function, app: App) => void): AppModel {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'Stack');
  build(stack, new lambda.Function(stack, 'Fn', CODE), app);
  app.synth();
  return AppModel.of(readTree(stacksBelow(app).filter(each => !each.nestedStackParent)));
}

function rawModel(resources: Record<string, object>): AppModel {
  return AppModel.of([{
    name: 'Stack',
    template: { Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'reader' } }, ...resources } },
  }]);
}

/** Each trigger as one line: service, mode, resource and property, version or alias, seconds it waits. */
function lines(app: AppModel, fn = 'Stack/Fn'): string[] {
  return triggers(app).all.filter(trigger => trigger.fn.constructPath.startsWith(fn)).map(trigger => [
    trigger.service,
    trigger.invocation,
    `${trigger.resource.type} ${trigger.property}`,
    ...trigger.qualifier ? [`through ${trigger.qualifier.type}`] : [],
    ...trigger.wait ? [`${trigger.wait.seconds} s`] : [],
  ].join(', '));
}

const ARN = { 'Fn::GetAtt': ['Fn', 'Arn'] };

test.each<[string, (stack: Stack, fn: lambda.Function, app: App) => void, string[]]>([
  ['a queue', (stack, fn) => fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))), [
    'sqs, polling, AWS::Lambda::EventSourceMapping FunctionName',
  ]],
  ['a stream with a record age', (stack, fn) => fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), {
    startingPosition: lambda.StartingPosition.LATEST, maxRecordAge: Duration.minutes(2),
  })), ['kinesis, polling, AWS::Lambda::EventSourceMapping FunctionName, 120 s']],
  ['a table', (stack, fn) => fn.addEventSource(new sources.DynamoEventSource(new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
  }), { startingPosition: lambda.StartingPosition.LATEST })), ['dynamodb, polling, AWS::Lambda::EventSourceMapping FunctionName']],
  ['a bucket', (stack, fn) => new s3.Bucket(stack, 'Bucket').addObjectCreatedNotification(new notifications.LambdaDestination(fn)), [
    's3, asynchronous, Custom::S3BucketNotifications NotificationConfiguration.LambdaFunctionConfigurations.0.LambdaFunctionArn',
  ]],
  ['a topic', (stack, fn) => new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.LambdaSubscription(fn)), [
    'sns, asynchronous, AWS::SNS::Subscription Endpoint',
  ]],
  ['a rule', (stack, fn) => new events.Rule(stack, 'Rule', {
    schedule: events.Schedule.rate(Duration.hours(1)),
    targets: [new targets.SqsQueue(new sqs.Queue(stack, 'Queue')), new targets.LambdaFunction(fn)],
  }), ['events, asynchronous, AWS::Events::Rule Targets.1.Arn']],
  ['a schedule', (stack, fn) => new scheduler.Schedule(stack, 'Schedule', {
    schedule: scheduler.ScheduleExpression.rate(Duration.hours(1)), target: new schedulerTargets.LambdaInvoke(fn),
  }), ['scheduler, asynchronous, AWS::Scheduler::Schedule Target.Arn']],
  ['a log group', (stack, fn) => new logs.LogGroup(stack, 'Logs').addSubscriptionFilter('Filter', {
    destination: new logDestinations.LambdaDestination(fn), filterPattern: logs.FilterPattern.allEvents(),
  }), ['logs, asynchronous, AWS::Logs::SubscriptionFilter DestinationArn']],
  ['a REST API', (stack, fn) => new apigateway.LambdaRestApi(stack, 'Api', { handler: fn, proxy: false }).root.addMethod('GET'), [
    'rest-api, synchronous, AWS::ApiGateway::Method Integration.Uri, 29 s',
  ]],
  ['a REST API that doesn\'t wait', (stack, fn) => new apigateway.RestApi(stack, 'Api').root.addMethod('POST', new apigateway.LambdaIntegration(fn, {
    proxy: false, requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
  })), ['rest-api, asynchronous, AWS::ApiGateway::Method Integration.Uri']],
  ['an alias behind a REST API of 5 s', (stack, fn) => new apigateway.RestApi(stack, 'Api').root.addMethod('GET',
    new apigateway.LambdaIntegration(fn.addAlias('live'), { timeout: Duration.seconds(5) })), [
    'rest-api, synchronous, AWS::ApiGateway::Method Integration.Uri, through AWS::Lambda::Alias, 5 s',
  ]],
  ['a REST authorizer', (stack, fn) => new apigateway.RestApi(stack, 'Api').root.addMethod('GET', new apigateway.MockIntegration(), {
    authorizer: new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: fn }),
  }), ['authorizer, synchronous, AWS::ApiGateway::Authorizer AuthorizerUri, 29 s']],
  ['an OpenAPI definition', (stack, fn) => new apigateway.SpecRestApi(stack, 'Api', {
    apiDefinition: apigateway.ApiDefinition.fromInline({
      paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', timeoutInMillis: 3000, uri: `arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations` } } } },
    }),
  }), ['rest-api, synchronous, AWS::ApiGateway::RestApi Body, 3 s']],
  ['an HTTP API with its authorizer', (stack, fn) => new apigatewayv2.HttpApi(stack, 'Api', {
    defaultIntegration: new integrations.HttpLambdaIntegration('Integration', fn),
    defaultAuthorizer: new authorizers.HttpLambdaAuthorizer('Authorizer', fn),
  }), [
    'authorizer, synchronous, AWS::ApiGatewayV2::Authorizer AuthorizerUri, 10 s',
    'http-api, synchronous, AWS::ApiGatewayV2::Integration IntegrationUri, 30 s',
  ]],
  ['a WebSocket API', (stack, fn) => new apigatewayv2.WebSocketApi(stack, 'Api', {
    connectRouteOptions: { integration: new integrations.WebSocketLambdaIntegration('Integration', fn) },
  }), ['websocket-api, synchronous, AWS::ApiGatewayV2::Integration IntegrationUri, 29 s']],
  ['a user pool', (stack, fn) => new cognito.UserPool(stack, 'Pool', { lambdaTriggers: { preSignUp: fn, customMessage: fn } }), [
    'cognito, synchronous, AWS::Cognito::UserPool LambdaConfig.CustomMessage, 5 s',
    'cognito, synchronous, AWS::Cognito::UserPool LambdaConfig.PreSignUp, 5 s',
  ]],
  ['a URL', (_, fn) => fn.addFunctionUrl(), ['url, synchronous, AWS::Lambda::Url TargetFunctionArn']],
  ['a task', (stack, fn) => new stepfunctions.StateMachine(stack, 'Machine', {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Map(stack, 'Each').itemProcessor(
      new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: fn, taskTimeout: stepfunctions.Timeout.duration(Duration.seconds(7)) }))),
  }), ['states, synchronous, AWS::StepFunctions::StateMachine DefinitionString, 7 s']],
  ['a task that waits for a token', (stack, fn) => new stepfunctions.StateMachine(stack, 'Machine', {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Invoke', {
      lambdaFunction: fn,
      integrationPattern: stepfunctions.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: stepfunctions.TaskInput.fromObject({ token: stepfunctions.JsonPath.taskToken }),
      taskTimeout: stepfunctions.Timeout.duration(Duration.seconds(1)),
    })),
  }), ['states, synchronous, AWS::StepFunctions::StateMachine DefinitionString']],
  ['a custom resource', (stack, fn) => new CustomResource(stack, 'Custom', { serviceToken: fn.functionArn, serviceTimeout: Duration.seconds(60) }), [
    'cloudformation, asynchronous, AWS::CloudFormation::CustomResource ServiceToken, 60 s',
  ]],
  ['a destination of another function', (stack, fn) => new lambda.Function(stack, 'Other', { ...CODE, onFailure: new destinations.LambdaDestination(fn) }), [
    'destination, asynchronous, AWS::Lambda::EventInvokeConfig DestinationConfig.OnFailure.Destination',
  ]],
  ['a permission alone', (_, fn) => fn.addPermission('Connect', { principal: new iam.ServicePrincipal('connect.amazonaws.com') }), [
    'connect, synchronous, AWS::Lambda::Permission Principal, 8 s',
  ]],
  ['a permission for an account', (_, fn) => fn.addPermission('Account', { principal: new iam.AccountPrincipal('111122223333') }), []],
  ['a queue in another stack', (_, fn, app) => fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(new Stack(app, 'Queues'), 'Queue'))), [
    'sqs, polling, AWS::Lambda::EventSourceMapping FunctionName',
  ]],
  ['a rule in a nested stack', (stack, fn) => new events.Rule(new NestedStack(stack, 'Nested'), 'Rule', {
    schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(fn)],
  }), ['events, asynchronous, AWS::Events::Rule Targets.0.Arn']],
])('finds %s', (_, build, expected) => expect(lines(modelOf(build))).toEqual(expected));

test('finds the CDK\'s handlers behind its custom resources', () => {
  const app = modelOf(stack => new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }));
  expect(lines(app, 'Stack/Custom::S3AutoDeleteObjects')).toEqual(['cloudformation, asynchronous, Custom::S3AutoDeleteObjects ServiceToken']);
});

test.each<[string, object, string[]]>([
  ['AWS::Lambda::EventSourceMapping', { SelfManagedEventSource: {}, FunctionName: 'reader' }, ['kafka, polling']],
  ['AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:mq:eu-west-1:1:broker:b', FunctionName: 'reader:live' }, ['mq, polling']],
  ['AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:rds:eu-west-1:1:cluster:c', FunctionName: ARN }, ['documentdb, polling']],
  ['AWS::Lambda::EventSourceMapping', { EventSourceArn: { Ref: 'Nothing' }, FunctionName: ARN }, ['unknown-source, polling']],
  ['AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:sqs:eu-west-1:1:q', FunctionName: 'arn:aws:lambda:eu-west-1:1:function:reader' }, ['sqs, polling']],
  ['AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:sqs:eu-west-1:1:q', FunctionName: 'arn:aws:lambda:eu-west-1:1:function:other' }, []],
  ['AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Function: ARN }] } }, ['s3, asynchronous']],
  ['AWS::SNS::Topic', { Subscription: [{ Protocol: 'lambda', Endpoint: ARN }] }, ['sns, asynchronous']],
  ['AWS::Scheduler::Schedule', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:lambda:invoke', Input: { 'Fn::Sub': '{"FunctionName":"${Fn}"}' } } }, ['scheduler, asynchronous']],
  ['AWS::Pipes::Pipe', { Target: ARN }, ['pipes, synchronous']],
  ['AWS::IoT::TopicRule', { TopicRulePayload: { Actions: [{ Lambda: { FunctionArn: ARN } }] } }, ['iot, asynchronous']],
  ['AWS::SES::ReceiptRule', { Rule: { Actions: [{ LambdaAction: { FunctionArn: ARN } }] } }, ['ses, asynchronous']],
  ['AWS::SES::ReceiptRule', { Rule: { Actions: [{ LambdaAction: { FunctionArn: ARN, InvocationType: 'RequestResponse' } }] } }, ['ses, synchronous, 30 s']],
  ['AWS::Config::ConfigRule', { Source: { SourceIdentifier: ARN } }, ['config, asynchronous']],
  ['AWS::SecretsManager::RotationSchedule', { RotationLambdaARN: ARN }, ['secretsmanager, asynchronous']],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { Targets: [{ Id: ARN }] }, ['elb, synchronous']],
  ['AWS::AppSync::DataSource', { LambdaConfig: { LambdaFunctionArn: ARN } }, ['appsync, synchronous, 30 s']],
  ['AWS::S3ObjectLambda::AccessPoint', {
    ObjectLambdaConfiguration: { TransformationConfigurations: [{ ContentTransformation: { AwsLambda: { FunctionArn: ARN } } }] },
  }, ['object-lambda, synchronous, 60 s']],
  ['AWS::CloudWatch::Alarm', { AlarmActions: [ARN] }, ['alarm, asynchronous']],
  ['AWS::CloudFront::Distribution', { DistributionConfig: { DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: ARN }] } } }, ['cloudfront, synchronous, 5 s']],
  ['AWS::CloudFront::Distribution', { DistributionConfig: { CacheBehaviors: [{ LambdaFunctionAssociations: [{ EventType: 'origin-request', LambdaFunctionARN: ARN }] }] } }, ['cloudfront, synchronous, 30 s']],
  ['AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Processors: [{ Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: ARN }] }] } } }, ['firehose, synchronous, 300 s']],
  ['AWS::Cognito::UserPool', { LambdaConfig: { CustomEmailSender: { LambdaArn: ARN }, PreTokenGenerationConfig: { LambdaArn: ARN } } }, ['cognito, synchronous', 'cognito, synchronous, 5 s']],
  ['AWS::StepFunctions::StateMachine', { DefinitionSubstitutions: { Reader: ARN }, DefinitionString: '{"States":{"A":{"Type":"Task","Resource":"${Reader}","TimeoutSeconds":9}}}' }, ['states, synchronous, 9 s']],
  ['AWS::StepFunctions::StateMachine', { Definition: { States: { A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: ARN } } } } }, ['states, synchronous']],
  ['AWS::StepFunctions::StateMachine', { Definition: { States: { A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: ARN, InvocationType: 'Event' } } } } }, ['states, asynchronous']],
  ['AWS::StepFunctions::StateMachine', { DefinitionString: '{' }, []],
  ['AWS::Lambda::Permission', { FunctionName: 'reader', Principal: 'logs.eu-west-1.amazonaws.com' }, ['logs, asynchronous']],
  ['AWS::Lambda::Permission', { FunctionName: 'reader', Principal: { Ref: 'Someone' } }, []],
])('reads %s %j', (type, properties, expected) => {
  const found = triggers(rawModel({ Trigger: { Type: type, Properties: properties } })).all;
  expect(found.map(({ service, invocation, wait }) => [service, invocation, ...wait ? [`${wait.seconds} s`] : []].join(', '))).toEqual(expected);
});

test('a function of two stages is not taken for the other by its name', () => {
  const template = { Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'reader' } } } };
  const mapping = { Resources: { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: 'reader' } } } };
  const app = AppModel.of([{ name: 'A', template }, { name: 'B', template }, { name: 'C', template: mapping }]);
  expect(triggers(app).all).toEqual([]);
});

test('an alias of itself is no trigger and no endless loop', () => {
  const app = rawModel({
    Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Alias' } } },
    Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: { Ref: 'Alias' } } },
  });
  expect(triggers(app).all).toEqual([]);
});

test.each([['a text', 'x'], ['a list', [1]], ['a map', { a: 1 }], ['nothing', null]])('%s in place of any property is no trigger', (_, odd) => {
  const types = ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::Events::Rule', 'AWS::Cognito::UserPool', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi',
    'AWS::StepFunctions::StateMachine', 'AWS::IoT::TopicRule', 'AWS::CloudFront::Distribution', 'AWS::KinesisFirehose::DeliveryStream', 'Custom::S3BucketNotifications'];
  const properties = Object.fromEntries(['NotificationConfiguration', 'Subscription', 'Targets', 'LambdaConfig', 'Integration', 'Body', 'DefinitionString',
    'Definition', 'TopicRulePayload', 'DistributionConfig', 'ExtendedS3DestinationConfiguration'].map(name => [name, odd]));
  const app = rawModel(Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type, Properties: properties }])));
  expect(triggers(app).all).toEqual([]);
});
