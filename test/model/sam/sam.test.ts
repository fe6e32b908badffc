import { AppModel } from '../../../src/model/app-model';
import { parseTemplate } from '../../../src/model/read/parse-template';
import { Resource } from '../../../src/model/resource';

function written(yaml: string): Record<string, Resource> {
  const parsed = parseTemplate(`Transform: AWS::Serverless-2016-10-31\n${yaml}`, 'template.yaml');
  if (parsed.kind !== 'template') throw new Error(JSON.stringify(parsed));
  const { resources } = AppModel.of([{ name: 'S', template: parsed.template, account: '111122223333', region: 'eu-west-1' }]);
  return Object.fromEntries(resources.map(each => [each.logicalId, each]));
}

const types = (made: Record<string, Resource>) => Object.fromEntries(Object.entries(made).map(([id, { type }]) => [id, type]));

/** A function with properties and events, and a queue, topic, bucket, table and stream beside it. */
const withFunction = (properties: string, others = '') => written(`
Globals: {Function: {Runtime: nodejs22.x, Timeout: 5, Environment: {Variables: {A: a}}}}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
  Bucket: {Type: AWS::S3::Bucket}
  Pool: {Type: AWS::Cognito::UserPool}
  Table: {Type: AWS::Serverless::SimpleTable}
${others}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      CodeUri: src/
${properties.replace(/^/gm, '      ')}
`);

describe('a function', () => {
  test('has the global properties, its own over them, and a role of its own', () => {
    const { Fn, FnRole } = withFunction('Timeout: 9\nEnvironment: {Variables: {B: b}}\nTags: {k: v}');
    expect([Fn.type, Fn.get('Runtime').text, Fn.get('Timeout').number, Fn.get('Handler').text]).toEqual(['AWS::Lambda::Function', 'nodejs22.x', 9, 'index.handler']);
    expect(Fn.get('Environment.Variables').entries.map(([key, value]) => [key, value.text])).toEqual([['A', 'a'], ['B', 'b']]);
    expect([Fn.get('Role').target, Fn.get('Code').kind, Fn.get('Events').kind]).toEqual([FnRole, 'unknown', 'absent']);
    expect(FnRole.get('ManagedPolicyArns').items.map(String)).toEqual(['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']);
  });

  test('is given policies by statement, by name, by ARN and by template; unknown templates stay unknown', () => {
    const { FnRole } = withFunction(`Tracing: Active
VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
Policies:
- AmazonDynamoDBFullAccess
- arn:aws:iam::111122223333:policy/own
- Version: "2012-10-17"
  Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]
- SQSPollerPolicy: {QueueName: !GetAtt Queue.QueueName}
- DynamoDBCrudPolicy: {TableName: !Ref Table}
- SomeFuturePolicy: {}`);
    expect(FnRole.get('ManagedPolicyArns').items.map(String)).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess',
      'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole', 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess',
      'arn:aws:iam::111122223333:policy/own',
    ]);
    const documents = FnRole.get('Policies').items.map(policy => policy.get('PolicyDocument'));
    expect(documents.map(({ kind }) => kind)).toEqual(['known', 'known', 'known', 'unknown']);
    expect(String(documents[1].get('Statement.0.Resource.0'))).toBe('arn:aws:sqs:eu-west-1:111122223333:${S/Queue.QueueName}');
    expect(documents[2].get('Statement.0.Resource').items.map(String)).toEqual([
      'arn:aws:dynamodb:eu-west-1:111122223333:table/${S/Table.Ref}', 'arn:aws:dynamodb:eu-west-1:111122223333:table/${S/Table.Ref}/index/*',
    ]);
  });

  test('keeps the role it is given, with no role made', () => {
    const made = withFunction('Role: !GetAtt Own.Arn', '  Own: {Type: AWS::IAM::Role}');
    expect(made.Fn.get('Role').target).toBe(made.Own);
    expect(made.FnRole).toBeUndefined();
  });

  test('publishes an alias, which triggers then invoke, and has a URL, failure outlets and a dead-letter queue', () => {
    const made = withFunction(`AutoPublishAlias: live
FunctionUrlConfig: {AuthType: NONE}
DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Queue.Arn}
EventInvokeConfig: {MaximumRetryAttempts: 1, DestinationConfig: {OnFailure: {Type: SQS}, OnSuccess: {Type: SNS, Destination: !Ref Topic}}}
Events: {Messages: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 5}}}`, '  Uses: {Type: "X::Y::Z", Properties: {Alias: !Ref Fn.Alias}}');
    expect([made.FnAliaslive.get('FunctionName').target, made.FnAliaslive.get('FunctionVersion').target]).toEqual([made.Fn, made.FnVersion]);
    expect(made.Uses.get('Alias').target).toBe(made.FnAliaslive);
    expect([made.FnUrl.get('AuthType').text, made.FnUrl.get('TargetFunctionArn').target]).toEqual(['NONE', made.Fn]);
    expect([made.FnUrlPublicPermissions.get('Principal').text, made.FnUrlPublicPermissions.get('FunctionUrlAuthType').text]).toEqual(['*', 'NONE']);
    const { FnURLInvokeAllowPublicAccess: invocation } = made;
    expect([invocation.get('Action').text, invocation.get('Principal').text, invocation.get('InvokedViaFunctionUrl').boolean]).toEqual(['lambda:InvokeFunction', '*', true]);
    expect(made.Fn.get('DeadLetterConfig.TargetArn').target).toBe(made.Queue);
    expect(made.FnEventInvokeConfig.get('DestinationConfig.OnFailure.Destination').target).toBe(made.FnOnFailureQueue);
    expect(made.FnEventInvokeConfig.get('DestinationConfig.OnSuccess.Destination').target).toBe(made.Topic);
    expect([made.FnMessages.get('FunctionName').target, made.FnMessages.get('EventSourceArn').target, made.FnMessages.get('BatchSize').number])
      .toEqual([made.FnAliaslive, made.Queue, 5]);
    expect(made.FnRole.get('Policies').items.map(policy => policy.get('PolicyDocument.Statement.0.Action.0').text))
      .toEqual(['sqs:SendMessage', 'sns:Publish', 'sqs:SendMessage']);
  });
});

test.each<[string, string, Record<string, string>]>([
  ['Kinesis', '{Stream: arn, StartingPosition: LATEST}', { FnE: 'AWS::Lambda::EventSourceMapping' }],
  ['DynamoDB', '{Stream: arn, StartingPosition: LATEST}', { FnE: 'AWS::Lambda::EventSourceMapping' }],
  ['MSK', '{Stream: arn, Topics: [t]}', { FnE: 'AWS::Lambda::EventSourceMapping' }],
  ['SNS', '{Topic: !Ref Topic}', { FnE: 'AWS::SNS::Subscription', FnEPermission: 'AWS::Lambda::Permission' }],
  ['SNS', '{Topic: !Ref Topic, SqsSubscription: true}', {
    FnE: 'AWS::SNS::Subscription', FnEQueue: 'AWS::SQS::Queue', FnEQueuePolicy: 'AWS::SQS::QueuePolicy', FnEEventSourceMapping: 'AWS::Lambda::EventSourceMapping',
  }],
  ['S3', '{Bucket: !Ref Bucket, Events: "s3:ObjectCreated:*"}', { FnEPermission: 'AWS::Lambda::Permission' }],
  ['Schedule', '{Schedule: rate(1 day)}', { FnE: 'AWS::Events::Rule', FnEPermission: 'AWS::Lambda::Permission' }],
  ['EventBridgeRule', '{Pattern: {source: [a]}, DeadLetterConfig: {Type: SQS}}', { FnE: 'AWS::Events::Rule', FnEPermission: 'AWS::Lambda::Permission', FnEQueue: 'AWS::SQS::Queue' }],
  ['ScheduleV2', '{ScheduleExpression: rate(1 day)}', { FnE: 'AWS::Scheduler::Schedule', FnERole: 'AWS::IAM::Role' }],
  ['CloudWatchLogs', '{LogGroupName: g, FilterPattern: x}', { FnE: 'AWS::Logs::SubscriptionFilter', FnEPermission: 'AWS::Lambda::Permission' }],
  ['Cognito', '{UserPool: !Ref Pool, Trigger: PreSignUp}', { FnCognitoPermission: 'AWS::Lambda::Permission' }],
  ['AlexaSkill', '{SkillId: s}', { FnEPermission: 'AWS::Lambda::Permission' }],
  ['IoTRule', '{Sql: SELECT 1}', { FnE: 'AWS::IoT::TopicRule', FnEPermission: 'AWS::Lambda::Permission' }],
  ['Unheard', '{}', {}],
])('an event of type %s is written out: %s', (type, properties, expected) => {
  const made = types(withFunction(`Events: {E: {Type: ${type}, Properties: ${properties}}}`));
  const { Fn, FnRole, Queue, Topic, Bucket, Pool, Table, ...rest } = made;
  expect(rest).toEqual(expected);
});

test('events reach the bucket and the user pool they name', () => {
  const { Fn, Bucket, Pool, FnEPermission } = withFunction(`Events:
  E: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: ["s3:ObjectCreated:*"]}}
  F: {Type: Cognito, Properties: {UserPool: !Ref Pool, Trigger: PreSignUp}}`);
  expect(Bucket.get('NotificationConfiguration.LambdaConfigurations.0.Function').target).toBe(Fn);
  expect(Pool.get('LambdaConfig.PreSignUp').target).toBe(Fn);
  expect([FnEPermission.get('Principal').text, FnEPermission.get('SourceAccount').text]).toEqual(['s3.amazonaws.com', '111122223333']);
});

describe('an API', () => {
  test('is made for routes that name none', () => {
    const made = withFunction('Events: {Get: {Type: Api, Properties: {Path: "/a/{id}", Method: get}}, Any: {Type: HttpApi}}');
    expect(types(made)).toMatchObject({
      ServerlessRestApi: 'AWS::ApiGateway::RestApi',
      ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
      ServerlessHttpApi: 'AWS::ApiGatewayV2::Api',
      ServerlessHttpApiApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
      FnGet: 'AWS::ApiGateway::Method',
      FnAny: 'AWS::ApiGatewayV2::Route',
    });
    expect([made.FnGet.get('HttpMethod').text, made.FnGet.get('AuthorizationType').text, made.FnGet.get('Integration.Uri').targets]).toEqual(['GET', 'NONE', [made.Fn]]);
    expect([made.FnAny.get('RouteKey').text, made.FnAny.get('AuthorizationType').text, made.FnAny.get('Target').targets]).toEqual(['$default', 'NONE', [made.FnAnyIntegration]]);
    expect(String(made.FnGetPermission.get('SourceArn'))).toBe('arn:aws:execute-api:eu-west-1:111122223333:${S/ServerlessRestApi.Ref}/*/GET/a/*');
  });

  test('authorizes its routes by default, or as they say themselves', () => {
    const made = withFunction(`Events:
  A: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /a, Method: get}}
  B: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /b, Method: get, Auth: {Authorizer: NONE}}}
  C: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /c, Method: get}}
  D: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /d, Method: get, Auth: {Authorizer: AWS_IAM}}}`, `
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: v1, TracingEnabled: true, Auth: {DefaultAuthorizer: Users, Authorizers: {Users: {UserPoolArn: !GetAtt Pool.Arn}}}}}
  Http: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {DefaultAuthorizer: Tokens, Authorizers: {Tokens: {JwtConfiguration: {issuer: "https://x", audience: [a]}, IdentitySource: $request.header.Authorization}}}}}`);
    expect(['FnA', 'FnB', 'FnC', 'FnD'].map(id => made[id].get('AuthorizationType').text)).toEqual(['COGNITO_USER_POOLS', 'NONE', 'JWT', 'AWS_IAM']);
    expect(made.FnA.get('AuthorizerId').target).toBe(made.RestUsersAuthorizer);
    expect(made.RestUsersAuthorizer.get('ProviderARNs.0').target).toBe(made.Pool);
    expect([made.HttpTokensAuthorizer.get('AuthorizerType').text, made.HttpTokensAuthorizer.get('JwtConfiguration.Issuer').text]).toEqual(['JWT', 'https://x']);
    expect([made.Restv1Stage.get('TracingEnabled').boolean, made.Restv1Stage.get('RestApiId').target]).toEqual([true, made.Rest]);
    expect(made.ServerlessRestApi).toBeUndefined();
  });
});

test('the other types are written out', () => {
  const made = withFunction('Layers: [!Ref Layer]', `
  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layer/}}
  Machine: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A}, Policies: [LambdaInvokePolicy: {FunctionName: !Ref Fn}], Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
  App: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: a, SemanticVersion: "1"}}}
  Write: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Fn}, Destination: {Id: Table}, Permissions: [Write]}}
  Unknown: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Fn}, Destination: {Id: Pool}, Permissions: [Write]}}`);
  expect(types(made)).toMatchObject({
    Table: 'AWS::DynamoDB::Table',
    Layer: 'AWS::Lambda::LayerVersion',
    Machine: 'AWS::StepFunctions::StateMachine',
    MachineRole: 'AWS::IAM::Role',
    MachineDaily: 'AWS::Events::Rule',
    MachineDailyRole: 'AWS::IAM::Role',
    App: 'AWS::CloudFormation::Stack',
    WritePolicy: 'AWS::IAM::ManagedPolicy',
  });
  expect([made.Table.get('BillingMode').text, made.Table.get('KeySchema.0.AttributeName').text]).toEqual(['PAY_PER_REQUEST', 'id']);
  expect(made.WritePolicy.get('Roles.0').target).toBe(made.FnRole);
  expect(made.WritePolicy.get('PolicyDocument.Statement.0.Resource.0').target).toBe(made.Table);
  expect(made.UnknownPolicy.get('PolicyDocument').kind).toBe('unknown');
  expect(made.App.get('TemplateURL').kind).toBe('unknown');
  expect(made.Fn.get('Layers.0').target).toBe(made.Layer);
});

test.each(['3', '[]', '{Events: 3, Policies: 4, Tags: [], EventInvokeConfig: x, FunctionUrlConfig: [], AutoPublishAlias: {}, DeadLetterQueue: 5}', '{Events: {A: 1, B: {Type: Api}, C: {Type: S3, Properties: 3}, D: {Type: SNS}, E: {Type: HttpApi, Properties: []}}}'])(
  'odd properties are harmless: %s', properties => {
    const kinds = ['Function', 'Api', 'HttpApi', 'SimpleTable', 'LayerVersion', 'StateMachine', 'Application', 'Connector'];
    expect(() => written(`Globals: 5\nResources:\n${kinds.map(kind => `  ${kind}: {Type: AWS::Serverless::${kind}, Connectors: 3, Properties: ${properties}}`).join('\n')}`)).not.toThrow();
  });
