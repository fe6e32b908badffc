import { App, Aspects, CfnParameter, Duration, Lazy, Mixins, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Concurrency, Egress, Failures, KeptFailures, LimitedConcurrency, SecureDefaults, SecureFunction, SecureFunctionProps } from '../../src';

const REASON = 'the next event repeats all of this one';
const { TRIM_HORIZON } = lambda.StartingPosition;

/** What a function may connect to is another part's concern: without a network, templates hold what these tests are about. */
const ALONE = { ...CODE, egress: Egress.unrestricted('these tests look at failures only') };

function secure(props: Partial<SecureFunctionProps> = {}, scope: Construct = stackWith()) {
  const fn = new SecureFunction(scope, 'Handler', { ...ALONE, ...props });
  return { fn, stack: fn.stack, template: () => Template.fromStack(fn.stack) };
}

/** Invokes `fn` asynchronously. */
function schedule(fn: lambda.IFunction) {
  new events.Rule(Stack.of(fn), 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
}

function onlyOne(template: Template, type: string): [string, any] {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0];
}

function mapping(template: Template): any {
  return onlyOne(template, 'AWS::Lambda::EventSourceMapping')[1].Properties;
}

function faultsOf(props: Partial<SecureFunctionProps>, scope: Construct = stackWith()): string {
  try {
    secure(props, scope);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no fault';
}

function acknowledged(construct: Construct): string[] {
  return construct.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').flatMap(({ data }) => Object.keys(data));
}

describe.each(FLAG_SETTINGS)('the queue for failed events, with %s', (_, appProps) => {
  test('is encrypted, takes TLS only, keeps events for 14 days and has a generated name', () => {
    const { template } = secure({}, stackWith(appProps));
    const [id, queue] = onlyOne(template(), 'AWS::SQS::Queue');
    expect(queue.Properties).toEqual({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    template().hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: id }],
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
  });

  test('is the dead-letter queue, and the role may send to it and to nothing else', () => {
    const { fn, stack, template } = secure({}, stackWith(appProps));
    const [id] = onlyOne(template(), 'AWS::SQS::Queue');
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    template().hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: arn } });
    template().hasResourceProperties('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn })]) } }],
    });
    template().resourceCountIs('AWS::IAM::Policy', 0);
    expect(stack.resolve(fn.deadLetterQueue?.queueArn)).toEqual(arn);
  });

  test('is one for all functions of a stack and its nested stacks', () => {
    const stack = stackWith(appProps);
    const { fn } = secure({}, stack);
    const { fn: other } = secure({}, new Construct(stack, 'Other'));
    const { fn: nested } = secure({}, new NestedStack(stack, 'Nested'));
    expect(other.deadLetterQueue).toBe(fn.deadLetterQueue);
    expect(nested.deadLetterQueue).toBe(fn.deadLetterQueue);
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 1);
  });
});

describe('where failed events go', () => {
  test('to a queue of the caller, ours or the L2\'s way, so that no shared one is made', () => {
    for (const name of ['failures', 'deadLetterQueue']) {
      const stack = stackWith();
      const queue = new sqs.Queue(stack, 'Mine');
      const { fn, template } = secure(name === 'failures' ? { failures: Failures.toQueue(queue) } : { deadLetterQueue: queue }, stack);
      const [id] = onlyOne(template(), 'AWS::SQS::Queue');
      template().hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [id, 'Arn'] } } });
      template().resourceCountIs('AWS::IAM::Policy', 0);
      expect(fn.deadLetterQueue).toBe(queue);
    }
  });

  test('to a topic of the caller, ours or the L2\'s way', () => {
    for (const name of ['failures', 'deadLetterTopic']) {
      const stack = stackWith();
      const topic = new sns.Topic(stack, 'Mine');
      const { fn, template } = secure(name === 'failures' ? { failures: Failures.toTopic(topic) } : { deadLetterTopic: topic }, stack);
      const id = stack.getLogicalId(topic.node.defaultChild as sns.CfnTopic);
      template().hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: { Ref: id } } });
      template().hasResourceProperties('AWS::IAM::Role', {
        Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'sns:Publish', Resource: { Ref: id } })]) } }],
      });
      template().resourceCountIs('AWS::SQS::Queue', 0);
      expect(fn.deadLetterTopic).toBe(topic);
      expect(fn.deadLetterQueue).toBeUndefined();
    }
  });

  test('to a queue with a customer key, which the role may use', () => {
    const stack = stackWith();
    const encryptionMasterKey = new kms.Key(stack, 'Key');
    const { template } = secure({ failures: Failures.toQueue(new sqs.Queue(stack, 'Mine', { encryptionMasterKey })) }, stack);
    const id = stack.getLogicalId(encryptionMasterKey.node.defaultChild as kms.CfnKey);
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: { 'Fn::GetAtt': [id, 'Arn'] } })] },
    });
  });

  test('to the shared queue, not to one without TLS, where the L2 is asked for a dead-letter queue', () => {
    const { template } = secure({ deadLetterQueueEnabled: true });
    const [, queue] = onlyOne(template(), 'AWS::SQS::Queue');
    expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
    template().resourceCountIs('AWS::SQS::QueuePolicy', 1);
  });

  test('to the destination of `onFailure` alone', () => {
    const stack = stackWith();
    const { fn, template } = secure({ onFailure: new destinations.SqsDestination(new sqs.Queue(stack, 'Mine')) }, stack);
    const [id] = onlyOne(template(), 'AWS::SQS::Queue');
    template().hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: Match.absent() });
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [id, 'Arn'] } } },
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
    });
    expect(acknowledged(fn)).toContain('Serverless::Serverless-LambdaDLQ');
  });

  test('to the destination of `onFailure` alone, too, where `failures` only says when an event has failed', () => {
    const stack = stackWith();
    const failures = Failures.sharedQueue({ maxEventAge: Duration.minutes(5) });
    const { template } = secure({ failures, onFailure: new destinations.SqsDestination(new sqs.Queue(stack, 'Mine')) }, stack);
    onlyOne(template(), 'AWS::SQS::Queue');
    template().hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: Match.absent() });
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumEventAgeInSeconds: 300 });
  });

  test('nowhere with a reason, which is recorded', () => {
    const { fn, template } = secure({ failures: Failures.discarded(REASON), deadLetterQueueEnabled: false });
    template().hasResource('AWS::Lambda::Function', {
      Properties: { DeadLetterConfig: Match.absent() },
      Metadata: { 'cdk-secure-serverless': { weakened: { failures: REASON } } },
    });
    template().resourceCountIs('AWS::SQS::Queue', 0);
    expect(acknowledged(fn)).toEqual(expect.arrayContaining(['cdk-secure-serverless::lambda/failures-kept', 'HIPAA.Security::HIPAA.Security-LambdaDLQ']));
  });

  test('where the defaults of the scope say', () => {
    const stack = stackWith();
    const queue = new sqs.Queue(stack, 'Central');
    SecureDefaults.set(stack, { failures: Failures.toQueue(queue, { retryAttempts: 1 }) });
    const { fn, template } = secure({ failures: Failures.toQueue(queue, { maxEventAge: Duration.minutes(5) }) }, stack);
    expect(fn.deadLetterQueue).toBe(queue);
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 300 });
  });
});

describe('retries and age of asynchronous events', () => {
  test('are bounded where events arrive asynchronously', () => {
    const { fn, stack, template } = secure();
    schedule(fn);
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: stack.resolve(fn.functionName), Qualifier: '$LATEST', MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600,
    });
  });

  test('cost no resource where they don\'t', () => {
    const { fn, template } = secure();
    fn.addPermission('Api', { principal: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    template().resourceCountIs('AWS::Lambda::EventInvokeConfig', 0);
  });

  test.each<[string, Partial<SecureFunctionProps>, object]>([
    ['failures', { failures: Failures.sharedQueue({ retryAttempts: 0 }) }, { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 }],
    ['failures, 6 hours', { failures: Failures.sharedQueue({ maxEventAge: Duration.hours(6) }) }, { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21600 }],
    ['maxEventAge', { maxEventAge: Duration.minutes(1) }, { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 }],
    ['retryAttempts', { retryAttempts: 0 }, { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 }],
  ])('are those asked for by %s', (_, props, expected) => {
    secure(props).template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', expected);
  });

  test('take tokens', () => {
    const { template } = secure({
      retryAttempts: Lazy.number({ produce: () => 1 }),
      maxEventAge: Duration.seconds(Lazy.number({ produce: () => 90 })),
    });
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 90 });
  });

  test('can be configured later as on any function, in place and bounded where left open', () => {
    const before = secure();
    schedule(before.fn);
    const after = secure();
    schedule(after.fn);
    after.fn.configureAsyncInvoke({ retryAttempts: 1 });
    const [id] = onlyOne(before.template(), 'AWS::Lambda::EventInvokeConfig');
    const [idAfter, config] = onlyOne(after.template(), 'AWS::Lambda::EventInvokeConfig');
    expect(config.Properties).toMatchObject({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600 });
    expect(idAfter).toBe(id);
  });

  test('give way to a configuration made elsewhere, but not to that of an alias', () => {
    const { fn, stack, template } = secure({ failures: Failures.sharedQueue({ retryAttempts: 0 }) });
    fn.addAlias('live').configureAsyncInvoke({ maxEventAge: Duration.minutes(2) });
    new lambda.EventInvokeConfig(stack, 'Config', { function: fn, maxEventAge: Duration.minutes(3) });
    template().resourceCountIs('AWS::Lambda::EventInvokeConfig', 2);
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      Qualifier: '$LATEST', MaximumEventAgeInSeconds: 180, MaximumRetryAttempts: 0,
    });
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      Qualifier: { 'Fn::Select': Match.anyValue() }, MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: 0,
    });
    const aliasOnly = secure({ failures: Failures.sharedQueue({ retryAttempts: 0 }) });
    aliasOnly.fn.addAlias('live').configureAsyncInvoke({ maxEventAge: Duration.minutes(2) });
    aliasOnly.template().resourceCountIs('AWS::Lambda::EventInvokeConfig', 2);
  });

  describe('of the alias with provisioned executions', () => {
    const provisioned = { concurrency: Concurrency.provisioned({ provisioned: 2, reserved: 5 }) };
    const configs = (template: Template) => Object.values(template.findResources('AWS::Lambda::EventInvokeConfig')).map(({ Properties }) => Properties);
    const onAlias = { Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: expect.stringContaining('Aliaslive') }] }] } };

    test('are bounded where its events arrive asynchronously', () => {
      const { fn, template } = secure({ ...provisioned, failures: Failures.sharedQueue({ retryAttempts: 0 }) });
      schedule(LimitedConcurrency.aliasOf(fn)!);
      expect(configs(template())).toContainEqual(expect.objectContaining({ ...onAlias, MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 }));
    });

    test('cost no resource where only the function itself is invoked', () => {
      const { fn, template } = secure(provisioned);
      schedule(fn);
      expect(configs(template())).toEqual([expect.objectContaining({ Qualifier: '$LATEST' })]);
    });

    test.each<[string, (alias: lambda.Alias) => void]>([
      ['on the alias', alias => alias.configureAsyncInvoke({ maxEventAge: Duration.minutes(2) })],
      ['elsewhere', alias => new lambda.CfnEventInvokeConfig(alias.stack, 'Config', { functionName: alias.lambda.functionName, qualifier: alias.aliasName, maximumEventAgeInSeconds: 120 })],
    ])('give way to a configuration %s', (_, configure) => {
      const { fn, template } = secure(provisioned);
      const alias = LimitedConcurrency.aliasOf(fn)!;
      schedule(alias);
      configure(alias);
      const ofAlias = configs(template()).filter(({ Qualifier }) => Qualifier !== '$LATEST');
      expect(ofAlias).toEqual([expect.objectContaining({ MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: 2 })]);
    });
  });
});

describe.each<[string, (stack: Stack) => lambda.IEventSource, number]>([
  ['a Kinesis stream', stack => new sources.KinesisEventSource(new kinesis.Stream(stack, 'Source'), { startingPosition: TRIM_HORIZON }), 604_800],
  ['a Kinesis consumer', stack => new sources.KinesisConsumerEventSource(
    new kinesis.StreamConsumer(stack, 'Source', { stream: new kinesis.Stream(stack, 'Stream'), streamConsumerName: 'reader' }), { startingPosition: TRIM_HORIZON },
  ), 604_800],
  ['an imported stream', stack => new sources.KinesisEventSource(
    kinesis.Stream.fromStreamArn(stack, 'Source', stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: 'clicks' })),
    { startingPosition: TRIM_HORIZON },
  ), 604_800],
  ['a DynamoDB table', stack => new sources.DynamoEventSource(table(stack), { startingPosition: TRIM_HORIZON }), 86_400],
])('%s', (_, sourceIn, age) => {
  test('splits a failed batch, tries it 10 times as long as the stream can hold it, and sends what fails to the queue', () => {
    const { fn, stack, template } = secure();
    fn.addEventSource(sourceIn(stack));
    expect(mapping(template())).toMatchObject({
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: stack.resolve(fn.deadLetterQueue!.queueArn) } },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: age,
      MaximumRetryAttempts: 10,
    });
  });
});

describe('event sources', () => {
  test('keep what the caller set', () => {
    const { fn, stack, template } = secure();
    const queue = new sqs.Queue(stack, 'Mine');
    fn.addEventSource(new sources.DynamoEventSource(table(stack), {
      startingPosition: TRIM_HORIZON,
      bisectBatchOnError: false,
      retryAttempts: 3,
      maxRecordAge: Duration.hours(2),
      onFailure: new sources.SqsDlq(queue),
    }));
    expect(mapping(template())).toMatchObject({
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: { Destination: stack.resolve(queue.queueArn) } },
      MaximumRecordAgeInSeconds: 7200,
      MaximumRetryAttempts: 3,
    });
  });

  test('are found wherever they are made, through an alias, in another stack and in a stage', () => {
    const stage = new Stage(new App(), 'Prod');
    const stack = new Stack(stage, 'Stack');
    const { fn } = secure({}, stack);
    const consumers = new Stack(stage, 'Consumers');
    const alias = new lambda.Alias(consumers, 'Live', { aliasName: 'live', version: fn.currentVersion });
    new lambda.EventSourceMapping(consumers, 'Mapping', {
      target: alias, eventSourceArn: new kinesis.Stream(consumers, 'Source').streamArn, startingPosition: TRIM_HORIZON,
    });
    expect(mapping(Template.fromStack(consumers))).toMatchObject({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 10 });
  });

  test('of other functions are left alone', () => {
    const { stack, template } = secure();
    const plain = new lambda.Function(stack, 'Plain', CODE);
    plain.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Source'), { startingPosition: TRIM_HORIZON }));
    expect(mapping(template())).not.toHaveProperty('BisectBatchOnFunctionError');
  });

  test('are not asked for failed records of a batch where the handler can\'t say', () => {
    const { fn, stack, template } = secure({ failures: Failures.sharedQueue({ reportBatchItemFailures: false }) });
    fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Source'), { startingPosition: TRIM_HORIZON }));
    expect(mapping(template())).not.toHaveProperty('FunctionResponseTypes');
    expect(mapping(template())).toHaveProperty('BisectBatchOnFunctionError', true);
  });

  test('keep trying where failures are kept nowhere', () => {
    const { fn, stack, template } = secure({ failures: Failures.discarded(REASON) });
    fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Source'), { startingPosition: TRIM_HORIZON }));
    for (const property of ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'DestinationConfig']) {
      expect(mapping(template())).not.toHaveProperty(property);
    }
  });

  test('send failed records where `onFailure` sends events, if streams can', () => {
    const toQueue = stackWith();
    const mine = new sqs.Queue(toQueue, 'Mine');
    const taken = secure({ onFailure: new destinations.SqsDestination(mine) }, toQueue);
    taken.fn.addEventSource(new sources.DynamoEventSource(table(toQueue), { startingPosition: TRIM_HORIZON }));
    expect(mapping(taken.template()).DestinationConfig).toEqual({ OnFailure: { Destination: toQueue.resolve(mine.queueArn) } });

    const toBus = stackWith();
    const refused = secure({ onFailure: new destinations.EventBridgeDestination() }, toBus);
    refused.fn.addEventSource(new sources.DynamoEventSource(table(toBus), { startingPosition: TRIM_HORIZON }));
    expect(mapping(refused.template())).not.toHaveProperty('DestinationConfig');
  });

  test('of a queue report failed messages, take no settings of streams, and warn where the queue loses messages', () => {
    const { fn, stack, template } = secure();
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Source', { visibilityTimeout: Duration.minutes(1) })));
    const { EventSourceArn, FunctionName, ...set } = mapping(template());
    expect(set).toEqual({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('expected a redrive policy on Stack/Source/Resource'));
  });

  test('of a queue with a redrive policy, or of one that is imported, don\'t warn', () => {
    const { fn, stack, template } = secure();
    const queue = new sqs.Queue(stack, 'Source', {
      visibilityTimeout: Duration.minutes(1), deadLetterQueue: { queue: new sqs.Queue(stack, 'Rest'), maxReceiveCount: 3 },
    });
    fn.addEventSource(new sources.SqsEventSource(queue));
    fn.addEventSource(new sources.SqsEventSource(sqs.Queue.fromQueueArn(stack, 'Imported', 'arn:aws:sqs:eu-central-1:111122223333:orders')));
    const mappings = Object.values(template().findResources('AWS::Lambda::EventSourceMapping'));
    expect(mappings.map(({ Properties }) => Properties.FunctionResponseTypes)).toEqual([['ReportBatchItemFailures'], ['ReportBatchItemFailures']]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('redrive'));
  });

  test('of Kafka are left alone with a warning, unless they have a destination', () => {
    const { fn, stack, template } = secure();
    fn.addEventSourceMapping('Open', { kafkaBootstrapServers: ['kafka.example.com:9096'], kafkaTopic: 'orders', startingPosition: TRIM_HORIZON });
    fn.addEventSourceMapping('Kept', {
      eventSourceArn: 'arn:aws:kafka:eu-central-1:111122223333:cluster/orders/1',
      kafkaTopic: 'orders',
      startingPosition: TRIM_HORIZON,
      onFailure: new sources.SqsDlq(fn.deadLetterQueue!),
    });
    for (const { Properties } of Object.values(template().findResources('AWS::Lambda::EventSourceMapping'))) {
      for (const property of ['FunctionResponseTypes', 'BisectBatchOnFunctionError', 'MaximumRetryAttempts']) {
        expect(Properties).not.toHaveProperty(property);
      }
    }
    Annotations.fromStack(stack).hasWarning('/Stack/Handler/Open/Resource', Match.stringLikeRegexp('expected a destination'));
    Annotations.fromStack(stack).hasNoWarning('/Stack/Handler/Kept/Resource', Match.anyValue());
  });

  test.each<[string, (stack: Stack) => string]>([
    ['Amazon MQ', () => 'arn:aws:mq:eu-central-1:111122223333:broker:orders:b-1'],
    ['DocumentDB', () => 'arn:aws:rds:eu-central-1:111122223333:cluster:orders'],
    ['an unknown source', stack => new CfnParameter(stack, 'Arn').valueAsString],
  ])('of %s are left alone', (_, arnIn) => {
    const { fn, stack, template } = secure();
    fn.addEventSourceMapping('Mapping', { eventSourceArn: arnIn(stack) });
    const { EventSourceArn, FunctionName, ...set } = mapping(template());
    expect(set).toEqual({});
  });
});

describe('an existing function', () => {
  test('gets the same, once', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', CODE);
    fn.with(new KeptFailures());
    Mixins.of(stack).apply(new KeptFailures());
    schedule(fn);
    const template = Template.fromStack(stack);
    const [id] = onlyOne(template, 'AWS::SQS::Queue');
    template.hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [id, 'Arn'] } } });
    onlyOne(template, 'AWS::Lambda::EventInvokeConfig');
    expect(JSON.stringify(template.findResources('AWS::IAM::Role')).split('sqs:SendMessage')).toHaveLength(2);
  });

  test('keeps its queue, and the one that the L2 made is brought up to ours', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', { ...CODE, deadLetterQueueEnabled: true });
    const queue = fn.deadLetterQueue;
    fn.with(new KeptFailures()).with(new KeptFailures());
    expect(fn.deadLetterQueue).toBe(queue);
    const template = Template.fromStack(stack);
    const [id, { Properties }] = onlyOne(template, 'AWS::SQS::Queue');
    expect(Properties.SqsManagedSseEnabled).toBe(true);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: id }],
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
  });

  test('keeps its destination and its own configuration', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Handler', { ...CODE, retryAttempts: 1, onFailure: new destinations.SnsDestination(new sns.Topic(stack, 'Mine')) });
    fn.with(new KeptFailures());
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600 });
    template.hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: Match.absent() });
    template.resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('that the L2 lets send to its queue needs no second statement', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Handler', { ...CODE, deadLetterQueue: new sqs.Queue(stack, 'Mine') }).with(new KeptFailures());
    const template = Template.fromStack(stack);
    onlyOne(template, 'AWS::SQS::Queue');
    template.hasResourceProperties('AWS::IAM::Role', { Policies: Match.absent() });
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [Match.objectLike({ Action: 'sqs:SendMessage' })] } });
  });

  test('that is secure already keeps its options when the app is made secure', () => {
    const { fn, stack, template } = secure({ failures: Failures.sharedQueue({ reportBatchItemFailures: false, retryAttempts: 0 }) });
    fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Source'), { startingPosition: TRIM_HORIZON }));
    Mixins.of(stack).apply(new KeptFailures());
    expect(mapping(template())).not.toHaveProperty('FunctionResponseTypes');
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });

  test('takes options later', () => {
    const stack = stackWith();
    const mine = new sqs.Queue(stack, 'Mine');
    const { fn, template } = secure({}, stack);
    fn.with(new KeptFailures({ failures: Failures.toQueue(mine, { retryAttempts: 0 }) }));
    template().hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: stack.resolve(mine.queueArn) } });
    template().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
    expect(fn.deadLetterQueue).toBe(mine);
  });
});

describe('faults', () => {
  const stack = stackWith();
  const queue = new sqs.Queue(stack, 'Queue');
  const topic = new sns.Topic(stack, 'Topic');
  const fifoQueue = new sqs.Queue(stack, 'FifoQueue', { fifo: true });
  const fifoTopic = new sns.Topic(stack, 'FifoTopic', { fifo: true });

  test.each<[string, Partial<SecureFunctionProps>]>([
    ['`failures.maxEventAge` is `59 seconds`', { failures: Failures.sharedQueue({ maxEventAge: Duration.seconds(59) }) }],
    ['`failures.maxEventAge` is `6 hours 1 second`', { failures: Failures.sharedQueue({ maxEventAge: Duration.seconds(21_601) }) }],
    ['`maxEventAge` is `10 seconds`', { maxEventAge: Duration.seconds(10) }],
    ['`failures.retryAttempts` is `3`', { failures: Failures.sharedQueue({ retryAttempts: 3 }) }],
    ['`retryAttempts` is `-1`', { retryAttempts: -1 }],
    ['`retryAttempts` is `0.5`', { retryAttempts: 0.5 }],
    ['`Failures.toQueue` is `Stack/FifoQueue`', { failures: Failures.toQueue(fifoQueue) }],
    ['`Failures.toTopic` is `Stack/FifoTopic`', { failures: Failures.toTopic(fifoTopic) }],
    ['`deadLetterQueue` is `Stack/FifoQueue`', { deadLetterQueue: fifoQueue }],
    ['`Failures.discarded` is `no`', { failures: Failures.discarded('no') }],
    ['`deadLetterQueueEnabled` is `false`', { deadLetterQueueEnabled: false }],
    ['`deadLetterQueueEnabled` is `false`', { deadLetterQueueEnabled: false, deadLetterQueue: queue }],
    ['`deadLetterTopic` is `Stack/Topic`', { deadLetterTopic: topic, deadLetterQueue: queue }],
    ['`deadLetterQueueEnabled` is `true`', { deadLetterTopic: topic, deadLetterQueueEnabled: true }],
    ['`deadLetterQueue` is `Stack/Queue`', { failures: Failures.toTopic(topic), deadLetterQueue: queue }],
    ['`deadLetterQueueEnabled` is `true`', { failures: Failures.discarded(REASON), deadLetterQueueEnabled: true }],
    ['`onFailure` is `a destination`', { failures: Failures.toQueue(queue), onFailure: new destinations.SqsDestination(queue) }],
    ['`failures.retryAttempts` is `1`', { failures: Failures.sharedQueue({ retryAttempts: 1 }), retryAttempts: 0 }],
    ['`failures.maxEventAge` is `', { failures: Failures.sharedQueue({ maxEventAge: Duration.hours(1) }), maxEventAge: Duration.hours(2) }],
  ])('%s', (fault, props) => {
    expect(faultsOf(props)).toContain(fault);
  });

  test('come all at once', () => {
    expect(faultsOf({ timeout: Duration.seconds(0), retryAttempts: 7, deadLetterQueueEnabled: false }))
      .toMatch(/3 faults[^]*`timeout`[^]*`retryAttempts`[^]*`deadLetterQueueEnabled`/);
  });
});

function table(stack: Stack): dynamodb.Table {
  return new dynamodb.Table(stack, 'Source', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
  });
}

describe.each([false, true])('a function that gets events (aspects stabilized: %s)', stabilized => {
  const scope = () => stackWith({ context: { '@aws-cdk/core:aspectStabilization': stabilized } });

  test('has what only such functions need, which other Aspects visit like all else, and others have not', () => {
    const { fn, stack } = secure({}, scope());
    const { fn: quiet } = secure({}, new Construct(stack, 'Quiet'));
    schedule(fn);
    const visited: string[] = [];
    Aspects.of(stack).add({ visit: ({ node }) => void visited.push(node.path) });
    Tags.of(stack).add('team', 'orders');

    const template = Template.fromStack(stack);
    expect(visited).toEqual(expect.arrayContaining(['Stack/Handler/DefaultEventInvokeConfig', 'Stack/Handler/FunctionAlarms/Events']));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmDescription: Match.stringLikeRegexp('^Events wait'), Tags: [{ Key: 'team', Value: 'orders' }] });
    expect(quiet.node.tryFindChild('DefaultEventInvokeConfig')).toBeUndefined();
    expect(quiet.node.findChild('FunctionAlarms').node.tryFindChild('Events')).toBeUndefined();
  });

  test('has it too when an Aspect brings the trigger, or is an error where no Aspect can see that', () => {
    const { fn, stack } = secure({}, scope());
    let isGiven = false;
    const giveTrigger = () => {
      if (!isGiven) fn.addPermission('Bucket', { principal: new iam.ServicePrincipal('s3.amazonaws.com') });
      isGiven = true;
    };
    Aspects.of(new Construct(stack, 'Later')).add({ visit: giveTrigger });

    if (!stabilized) return expect(() => Template.fromStack(stack)).toThrow(/Stack\/Handler is given a trigger by an Aspect.*aspectStabilization/);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 });
    return template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmDescription: Match.stringLikeRegexp('^Events wait') });
  });

  test('has it too when the trigger comes between two syntheses', () => {
    const { fn, stack } = secure({}, scope());
    (stack.node.root as App).synth();
    schedule(fn);

    (stack.node.root as App).synth({ force: true });
    expect(fn.node.tryFindChild('DefaultEventInvokeConfig')).toBeDefined();
    onlyOne(Template.fromStack(stack), 'AWS::Lambda::EventInvokeConfig');
  });
});
