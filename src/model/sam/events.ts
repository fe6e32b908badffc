import { addApiRoute, addHttpRoute } from './api-events';
import { allowing, getAtt, mapOf, only, ref, SamResource, SamResources, textOf, trusting, without } from './sam-resources';
import { isMap } from '../value';

/** The function, version or alias that an event invokes. */
export interface Invoked {
  readonly arn: unknown;
  readonly name: unknown;
}

/** One entry of `Events`, with the logical id that SAM derives from it. */
export interface FunctionEvent {
  readonly id: string;
  readonly fn: SamResource;
  readonly properties: Record<string, unknown>;
  readonly invoked: Invoked;
}

/** Writes out all events of a function; those of unknown types are left out, as they grant and trigger nothing that is known. */
export function addEvents(resources: SamResources, fn: SamResource, invoked: Invoked): void {
  for (const [name, raw] of Object.entries(mapOf(fn.properties.Events))) {
    const { Type, Properties } = mapOf(raw);
    const type = textOf(Type) ?? '';
    if (Object.hasOwn(EVENTS, type)) EVENTS[type](resources, { id: `${fn.id}${name}`, fn, properties: mapOf(Properties), invoked });
  }
}

/** Which policies SAM gives the role of a function for what it polls. */
export function managedPoliciesOfEvents(events: unknown): string[] {
  const types = Object.values(mapOf(events)).map(event => textOf(mapOf(event).Type) ?? '');
  return types.flatMap(type => Object.hasOwn(POLLING, type) ? POLLING[type].policy : []);
}

const POLLING: Readonly<Record<string, { readonly source: string; readonly policy: string[] }>> = {
  SQS: { source: 'Queue', policy: ['service-role/AWSLambdaSQSQueueExecutionRole'] },
  Kinesis: { source: 'Stream', policy: ['service-role/AWSLambdaKinesisExecutionRole'] },
  DynamoDB: { source: 'Stream', policy: ['service-role/AWSLambdaDynamoDBExecutionRole'] },
  MSK: { source: 'Stream', policy: ['service-role/AWSLambdaMSKExecutionRole'] },
  MQ: { source: 'Broker', policy: [] },
  DocumentDB: { source: 'Cluster', policy: [] },
  SelfManagedKafka: { source: '', policy: [] },
};

type AddEvent = (resources: SamResources, event: FunctionEvent) => void;

const EVENTS: Readonly<Record<string, AddEvent>> = {
  ...Object.fromEntries(Object.entries(POLLING).map(([type, { source }]) => [type, polling(source)])),
  Api: addApiRoute,
  HttpApi: addHttpRoute,
  S3: addBucketEvent,
  SNS: addTopicEvent,
  Schedule: addRule,
  CloudWatchEvent: addRule,
  EventBridgeRule: addRule,
  ScheduleV2: addSchedule,
  CloudWatchLogs: addLogsEvent,
  Cognito: addCognitoEvent,
  AlexaSkill: (resources, { id, fn, properties, invoked }) =>
    addPermission(resources, id, fn, invoked, 'alexa-appkit.amazon.com', { EventSourceToken: properties.SkillId }),
  IoTRule: addIotRule,
};

export function addPermission(
  resources: SamResources, id: string, fn: SamResource, invoked: Invoked, service: string, source: Record<string, unknown>,
): void {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
  resources.add(`${id}Permission`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: invoked.name, Principal: service, ...given,
  }, fn);
}

function polling(source: string): AddEvent {
  return (resources, { id, fn, properties, invoked }) => resources.add(id, 'AWS::Lambda::EventSourceMapping', {
    ...without(properties, source, 'ConsumerGroupId', 'KafkaBootstrapServers'),
    ...properties[source] === undefined ? {} : { EventSourceArn: properties[source] },
    ...properties.KafkaBootstrapServers === undefined ? {}
      : { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: properties.KafkaBootstrapServers } } },
    FunctionName: invoked.name,
  }, fn);
}

function addTopicEvent(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  const { Topic, SqsSubscription } = properties;
  const filter = only(properties, 'FilterPolicy', 'FilterPolicyScope', 'Region', 'RedrivePolicy');
  if (SqsSubscription === undefined || SqsSubscription === false) {
    resources.add(id, 'AWS::SNS::Subscription', { TopicArn: Topic, Protocol: 'lambda', Endpoint: invoked.arn, ...filter }, fn);
    addPermission(resources, id, fn, invoked, 'sns.amazonaws.com', { SourceArn: Topic });
    return;
  }
  const { QueueArn, QueueUrl, ...mapping } = mapOf(SqsSubscription);
  const arn = QueueArn ?? getAtt(`${id}Queue`, 'Arn');
  if (QueueArn === undefined) resources.add(`${id}Queue`, 'AWS::SQS::Queue', {}, fn);
  resources.add(`${id}QueuePolicy`, 'AWS::SQS::QueuePolicy', {
    Queues: [QueueUrl ?? ref(`${id}Queue`)],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Principal: '*', Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': Topic } } }],
    },
  }, fn);
  resources.add(id, 'AWS::SNS::Subscription', { TopicArn: Topic, Protocol: 'sqs', Endpoint: arn, ...filter }, fn);
  resources.add(`${id}EventSourceMapping`, 'AWS::Lambda::EventSourceMapping', {
    EventSourceArn: arn, FunctionName: invoked.name, ...only(mapping, 'BatchSize', 'Enabled'),
  }, fn);
}

function addBucketEvent(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  addPermission(resources, id, fn, invoked, 's3.amazonaws.com', { SourceAccount: ref('AWS::AccountId') });
  const bucket = textOf(mapOf(properties.Bucket).Ref);
  if (bucket === undefined) return;
  const events = Array.isArray(properties.Events) ? properties.Events : [properties.Events];
  const added = events.map(Event => ({ Event, Function: invoked.arn, ...only(properties, 'Filter') }));
  resources.amend(bucket, given => {
    const notifications = mapOf(given.NotificationConfiguration);
    const lambdas = Array.isArray(notifications.LambdaConfigurations) ? notifications.LambdaConfigurations : [];
    return { ...given, NotificationConfiguration: { ...notifications, LambdaConfigurations: [...lambdas, ...added] } };
  });
}

function addRule(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  const deadLetter = deadLetterOf(resources, id, fn, properties.DeadLetterConfig);
  resources.add(id, 'AWS::Events::Rule', {
    ...only(properties, 'Name', 'Description', 'EventBusName', 'State', 'RoleArn'),
    ...properties.Schedule === undefined ? {} : { ScheduleExpression: properties.Schedule },
    ...properties.Pattern === undefined ? {} : { EventPattern: properties.Pattern },
    ...properties.Enabled === undefined ? {} : { State: properties.Enabled === true ? 'ENABLED' : 'DISABLED' },
    Targets: [{ Id: `${id}LambdaTarget`, Arn: invoked.arn, ...only(properties, 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy'), ...deadLetter }],
  }, fn);
  addPermission(resources, id, fn, invoked, 'events.amazonaws.com', { SourceArn: getAtt(id, 'Arn') });
}

function addSchedule(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  if (properties.RoleArn === undefined) {
    resources.add(`${id}Role`, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trusting('scheduler.amazonaws.com'),
      Policies: [{ PolicyName: `${id}LambdaPolicy`, PolicyDocument: allowing(['lambda:InvokeFunction'], invoked.arn) }],
      ...only(properties, 'PermissionsBoundary'),
    }, fn);
  }
  resources.add(id, 'AWS::Scheduler::Schedule', {
    ...only(properties, 'Description', 'EndDate', 'GroupName', 'KmsKeyArn', 'Name', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'State'),
    FlexibleTimeWindow: properties.FlexibleTimeWindow ?? { Mode: 'OFF' },
    Target: {
      Arn: invoked.arn,
      RoleArn: properties.RoleArn ?? getAtt(`${id}Role`, 'Arn'),
      ...only(properties, 'Input', 'RetryPolicy'),
      ...deadLetterOf(resources, id, fn, properties.DeadLetterConfig),
    },
  }, fn);
}

/** Where a rule or schedule puts what it can't deliver; SAM makes the queue if only its type is given. */
function deadLetterOf(resources: SamResources, id: string, fn: SamResource, raw: unknown): Record<string, unknown> {
  if (!isMap(raw)) return {};
  if (raw.Arn !== undefined) return { DeadLetterConfig: { Arn: raw.Arn } };
  const queue = textOf(raw.QueueLogicalId) ?? `${id}Queue`;
  resources.add(queue, 'AWS::SQS::Queue', {}, fn);
  return { DeadLetterConfig: { Arn: getAtt(queue, 'Arn') } };
}

function addLogsEvent(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  const { LogGroupName, FilterPattern } = properties;
  resources.add(id, 'AWS::Logs::SubscriptionFilter', { LogGroupName, FilterPattern, DestinationArn: invoked.arn }, fn);
  addPermission(resources, id, fn, invoked, 'logs.amazonaws.com', {
    SourceArn: { 'Fn::Sub': ['arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroup}:*', { LogGroup: LogGroupName }] },
  });
}

function addCognitoEvent(resources: SamResources, { fn, properties, invoked }: FunctionEvent): void {
  const pool = textOf(mapOf(properties.UserPool).Ref);
  if (pool === undefined) return;
  addPermission(resources, `${fn.id}Cognito`, fn, invoked, 'cognito-idp.amazonaws.com', { SourceArn: getAtt(pool, 'Arn') });
  const triggers = Array.isArray(properties.Trigger) ? properties.Trigger : [properties.Trigger];
  const added = Object.fromEntries(triggers.filter(trigger => typeof trigger === 'string').map(trigger => [trigger, invoked.arn]));
  resources.amend(pool, given => ({ ...given, LambdaConfig: { ...mapOf(given.LambdaConfig), ...added } }));
}

function addIotRule(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  resources.add(id, 'AWS::IoT::TopicRule', {
    TopicRulePayload: { Sql: properties.Sql, ...only(properties, 'AwsIotSqlVersion'), RuleDisabled: false, Actions: [{ Lambda: { FunctionArn: invoked.arn } }] },
  }, fn);
  addPermission(resources, id, fn, invoked, 'iot.amazonaws.com', {
    SourceArn: { 'Fn::Sub': ['arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}', { RuleName: ref(id) }] },
  });
}
