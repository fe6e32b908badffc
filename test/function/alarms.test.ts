import { App, Aws, CfnParameter, CfnWaitConditionHandle, Duration, Lazy, Mixins, NestedStack, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
} from 'cdk-nag';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Alarms, FunctionAlarms, FunctionAlarmsProps, FunctionDashboard, PerFunctionAlarmsProps, SecureDefaults, SecureFunction } from '../../src';
import { failureQueueFor } from '../../src/function/shared/failure-queue';

/** The alarms in the template, by the end of their construct's path. */
function alarmsIn(stack: Stack): Record<string, any> {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(alarms.map(([id, { Properties }]) =>
    [/(Errors|Capacity|Duration|Invocations|Events|FailureQueue)(Alarm)?[0-9A-F]{8}$/.exec(id)![1], Properties]));
}

function watchedFunction(stack: Stack, props: Partial<lambda.FunctionProps> = {}, alarmsProps?: FunctionAlarmsProps): lambda.Function {
  const fn = new lambda.Function(stack, 'Fn', { ...CODE, ...props });
  fn.with(new FunctionAlarms(alarmsProps));
  return fn;
}

function withLimits(limits: PerFunctionAlarmsProps): Record<string, any> {
  const stack = stackWith();
  watchedFunction(stack, { reservedConcurrentExecutions: 10 }, { alarms: Alarms.perFunction(limits) });
  return alarmsIn(stack);
}

const expression = (alarm: any): unknown => alarm.Metrics.find(({ Id }: any) => Id === 'watched').Expression;
const metricNames = (alarm: any): string[] => alarm.Metrics.flatMap(({ MetricStat }: any) => MetricStat?.Metric.MetricName ?? []);

describe('an alarm that somebody changes', () => {
  const OTHER_TOPIC = 'arn:aws:sns:eu-central-1:111122223333:pager';

  /** The resource of the alarm on errors, and what it is without a change. */
  function changed(change: (alarm: cloudwatch.CfnAlarm, stack: Stack) => void): { readonly after: any; readonly before: any } {
    const [after, before] = [change, () => {}].map(each => {
      const stack = stackWith();
      const fn = watchedFunction(stack);
      each(fn.node.findChild('FunctionAlarms').node.findChild('Errors') as cloudwatch.CfnAlarm, stack);
      const { Resources } = Template.fromStack(stack).toJSON();
      return Resources[Object.keys(Resources).find(id => id.includes('Errors'))!];
    });
    return { after, before };
  }

  test.each<[string, (alarm: cloudwatch.CfnAlarm, stack: Stack) => void, object]>([
    ['a property', alarm => { alarm.alarmActions = [OTHER_TOPIC]; }, { Properties: { AlarmActions: [OTHER_TOPIC] } }],
    ['a property that it did not have', alarm => { alarm.alarmName = 'errors'; }, { Properties: { AlarmName: 'errors' } }],
    // eslint-disable-next-line no-restricted-syntax -- what an app may do, and the alarm has to show
    ['a property by override', alarm => alarm.addPropertyOverride('Threshold', 7), { Properties: { Threshold: 7 } }],
    ['its tags', (_, stack) => Tags.of(stack).add('team', 'orders'), { Properties: { Tags: [{ Key: 'team', Value: 'orders' }] } }],
    ['its removal', alarm => alarm.applyRemovalPolicy(RemovalPolicy.RETAIN), { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }],
    ['what it waits for', (alarm, stack) => alarm.node.addDependency(new CfnWaitConditionHandle(stack, 'Handle')), { DependsOn: ['Handle'] }],
    ['its metadata', alarm => alarm.addMetadata('owner', 'orders'), { Metadata: { owner: 'orders' } }],
  ])('stands as changed: %s', (_, change, expected) => {
    const { after, before } = changed(change);
    expect(after).toMatchObject(expected);
    expect(after).toEqual({ ...before, ...expected, Properties: { ...before.Properties, ...(expected as { Properties?: object }).Properties } });
  });

  test('keeps the logical id that it is given', () => {
    const stack = stackWith();
    const alarm = watchedFunction(stack).node.findChild('FunctionAlarms').node.findChild('Errors') as cloudwatch.CfnAlarm;
    alarm.overrideLogicalId('Failures');
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'))).toContain('Failures');
  });

  test('may have actions in another stack', () => {
    const app = new App();
    const topic = new sns.Topic(new Stack(app, 'Pagers'), 'Pager');
    const stack = new Stack(app, 'Stack');
    watchedFunction(stack, {}, { alarms: Alarms.perFunction({ topic }) });
    expect(alarmsIn(stack).Errors.AlarmActions).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^Pagers:ExportsOutputRefPager/) }]);
  });
});

describe.each(FLAG_SETTINGS)('a function without triggers, %s', (_, appProps) => {
  let stack: Stack;
  beforeEach(() => {
    stack = stackWith(appProps);
  });

  test('has four alarms, which are quiet without data and tell the topic of the stack', () => {
    watchedFunction(stack);
    const alarms = alarmsIn(stack);
    expect(Object.keys(alarms).sort()).toEqual(['Capacity', 'Duration', 'Errors', 'Invocations']);
    const [topic] = Object.keys(Template.fromStack(stack).findResources('AWS::SNS::Topic'));
    for (const alarm of Object.values(alarms)) {
      expect(alarm).toMatchObject({ TreatMissingData: 'notBreaching', AlarmActions: [{ Ref: topic }] });
      expect(alarm.OKActions).toBeUndefined();
    }
  });

  test('has an error rate that one failing call of one does not reach', () => {
    const fn = watchedFunction(stack);
    const dimensions = [{ Name: 'FunctionName', Value: stack.resolve(fn.functionName) }];
    const stat = (MetricName: string) => ({ Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions: dimensions }, Period: 300, Stat: 'Sum' });
    expect(alarmsIn(stack).Errors).toMatchObject({
      Metrics: [
        { Id: 'errors', MetricStat: stat('Errors'), ReturnData: false },
        { Id: 'invocations', MetricStat: stat('Invocations'), ReturnData: false },
        { Id: 'watched', Expression: 'IF(errors >= 2, 100 * errors / invocations, 0)', ReturnData: true },
      ],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 5,
      EvaluationPeriods: 1,
    });
  });

  test('has a band of usual invocations that a flood rises above', () => {
    watchedFunction(stack);
    expect(alarmsIn(stack).Invocations).toMatchObject({
      Metrics: [
        { Id: 'invocations', MetricStat: { Metric: { MetricName: 'Invocations' }, Period: 300, Stat: 'Sum' }, ReturnData: true },
        { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(invocations, 4)', ReturnData: true },
      ],
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'band',
      EvaluationPeriods: 3,
    });
    expect(alarmsIn(stack).Invocations.Threshold).toBeUndefined();
  });

  test('in a nested stack tells the topic of the stack around it', () => {
    watchedFunction(new NestedStack(stack, 'Nested'));
    watchedFunction(stack);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 1);
    const nested = stack.node.findChild('Nested') as NestedStack;
    Template.fromStack(nested).resourceCountIs('AWS::SNS::Topic', 0);
    expect(alarmsIn(nested).Errors.AlarmActions).toEqual([{ Ref: expect.stringContaining('AlarmTopic') }]);
  });

  test('passes all packs of cdk-nag together with its topic', () => {
    watchedFunction(stack);
    new FunctionDashboard(stack, 'Dashboard');
    failureQueueFor(stack);
    const app = stack.node.root as App;
    app.synth();
    const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks];
    const found = packs.flatMap(Pack => new Pack().validateScope(app).violations)
      .flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`));
    expect(found.filter(each => /Alarm|Dashboard/.test(each))).toEqual([]);
    expect(found.filter(each => each.includes('Stack/Fn'))).not.toEqual([]); // the bare function: the packs did run
  });
});

describe('concurrency and throttling', () => {
  test.each<[string, number | undefined, string, string[]]>([
    ['a reservation', 10, 'MAX([IF(throttles > 0, 100, 0), 100 * concurrency / 10])', ['Throttles', 'ConcurrentExecutions']],
    ['no reservation', undefined, 'MAX([IF(throttles > 0, 100, 0)])', ['Throttles']],
    ['a reservation that turns out as none at synth', Lazy.number({ produce: () => undefined }), 'MAX([IF(throttles > 0, 100, 0)])', ['Throttles']],
    ['a reservation of 0, which has no share', 0, 'MAX([IF(throttles > 0, 100, 0)])', ['Throttles']],
  ])('with %s', (_, reservedConcurrentExecutions, expected, metrics) => {
    const stack = stackWith();
    watchedFunction(stack, { reservedConcurrentExecutions });
    const { Capacity } = alarmsIn(stack);
    expect(expression(Capacity)).toBe(expected);
    expect(metricNames(Capacity)).toEqual(metrics);
    expect(Capacity).toMatchObject({ Threshold: 80, EvaluationPeriods: 5, DatapointsToAlarm: 3 });
  });

  test('of a reservation that is a parameter are in the expression, since a threshold must be a number', () => {
    const stack = stackWith();
    const parameter = new CfnParameter(stack, 'Reserved', { type: 'Number' });
    watchedFunction(stack, { reservedConcurrentExecutions: parameter.valueAsNumber });
    expect(expression(alarmsIn(stack).Capacity))
      .toEqual({ 'Fn::Join': ['', ['MAX([IF(throttles > 0, 100, 0), 100 * concurrency / ', { Ref: 'Reserved' }, '])']] });
  });

  test('include use beyond the provisioned concurrency of each alias that has some', () => {
    const stack = stackWith();
    const fn = watchedFunction(stack);
    new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion, provisionedConcurrentExecutions: 2 });
    new lambda.Alias(stack, 'Next', { aliasName: 'next', version: fn.currentVersion });
    const { Capacity } = alarmsIn(stack);
    expect(expression(Capacity)).toBe('MAX([IF(throttles > 0, 100, 0), IF(spillover0 > 0, 100, 0)])');
    const name = stack.resolve(fn.functionName);
    expect(Capacity.Metrics).toContainEqual(expect.objectContaining({
      Id: 'spillover0',
      MetricStat: expect.objectContaining({
        Metric: {
          Namespace: 'AWS/Lambda',
          MetricName: 'ProvisionedConcurrencySpilloverInvocations',
          Dimensions: [{ Name: 'FunctionName', Value: name }, { Name: 'Resource', Value: { 'Fn::Join': ['', [name, ':live']] } }],
        },
        Stat: 'Sum',
      }),
    }));
    expect(metricNames(Capacity).filter(each => each.startsWith('Provisioned'))).toHaveLength(1);
  });

  test('use no more than the ten metrics that an alarm may', () => {
    const stack = stackWith();
    const fn = watchedFunction(stack, { reservedConcurrentExecutions: 20 });
    for (let i = 0; i < 10; i++) new lambda.Alias(stack, `Alias${i}`, { aliasName: `a${i}`, version: fn.currentVersion, provisionedConcurrentExecutions: 1 });
    expect(metricNames(alarmsIn(stack).Capacity)).toHaveLength(10);
  });
});

describe('duration', () => {
  test.each<[string, Duration | undefined, string]>([
    ['the timeout', Duration.minutes(2), '100 * duration / (1000 * 120)'],
    ['the timeout of Lambda where none is set', undefined, '100 * duration / (1000 * 3)'],
  ])('is a share of %s', (_, timeout, expected) => {
    const stack = stackWith();
    watchedFunction(stack, { timeout });
    const { Duration: alarm } = alarmsIn(stack);
    expect(expression(alarm)).toBe(expected);
    expect(alarm).toMatchObject({ Threshold: 80, Metrics: [{ MetricStat: { Metric: { MetricName: 'Duration' }, Stat: 'p99', Period: 300 } }, {}] });
  });

  test('follows a timeout and a reservation that change later', () => {
    const stack = stackWith();
    const fn = watchedFunction(stack, { timeout: Duration.seconds(5) });
    const cfn = fn.node.defaultChild as lambda.CfnFunction;
    cfn.timeout = Lazy.number({ produce: () => 42 });
    cfn.reservedConcurrentExecutions = 7;
    expect(expression(alarmsIn(stack).Duration)).toBe('100 * duration / (1000 * 42)');
    expect(expression(alarmsIn(stack).Capacity)).toContain('100 * concurrency / 7');
  });

  test('of a timeout that is a parameter is in the expression', () => {
    const stack = stackWith();
    const parameter = new CfnParameter(stack, 'Seconds', { type: 'Number' });
    const fn = watchedFunction(stack);
    (fn.node.defaultChild as lambda.CfnFunction).timeout = parameter.valueAsNumber;
    expect(expression(alarmsIn(stack).Duration)).toEqual({ 'Fn::Join': ['', ['100 * duration / (1000 * ', { Ref: 'Seconds' }, ')']] });
  });
});

describe('events', () => {
  let stack: Stack;
  let fn: lambda.Function;
  beforeEach(() => {
    stack = stackWith();
    fn = watchedFunction(stack);
  });

  test('of a schedule that are late or lost', () => {
    new events.Rule(stack, 'Daily', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
    const { Events } = alarmsIn(stack);
    expect(metricNames(Events)).toEqual(['AsyncEventAge', 'AsyncEventsDropped', 'DeadLetterErrors', 'DestinationDeliveryFailures']);
    expect(expression(Events)).toBe('MAX([eventAge / 600000, dropped, deadLetterErrors, undelivered])');
    expect(Events.Metrics.map(({ MetricStat }: any) => MetricStat?.Stat)).toEqual(['Maximum', 'Sum', 'Sum', 'Sum', undefined]);
    expect(Events).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
  });

  test('of a topic may also go in a circle', () => {
    new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.LambdaSubscription(fn));
    expect(expression(alarmsIn(stack).Events)).toBe('MAX([eventAge / 600000, dropped, deadLetterErrors, undelivered, recursion])');
  });

  test('of a queue may go in a circle, while the queue itself keeps them', () => {
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
    expect(metricNames(alarmsIn(stack).Events)).toEqual(['RecursiveInvocationsDropped']);
  });

  test('in a circle that is allowed have no metric', () => {
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
    (fn.node.defaultChild as lambda.CfnFunction).recursiveLoop = 'Allow';
    expect(alarmsIn(stack).Events).toBeUndefined();
  });

  test('of a stream that are late or lost', () => {
    const table = new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      stream: dynamodb.StreamViewType.NEW_IMAGE,
    });
    fn.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
    expect(expression(alarmsIn(stack).Events)).toBe('MAX([recordAge / 600000, undelivered])');
    expect(metricNames(alarmsIn(stack).Events)).toEqual(['IteratorAge', 'DestinationDeliveryFailures']);
  });

  test('in the failure queue of the stack call somebody once, however many functions share it', () => {
    new lambda.Function(stack, 'Other', CODE).with(new FunctionAlarms());
    const queue = failureQueueFor(stack);
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: stack.resolve(queue.queueName) }],
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [Match.anyValue()],
    }, 1);
  });

  test('have no alarm on a failure queue in a stack without one', () => {
    expect(Object.keys(alarmsIn(stack))).not.toContain('FailureQueue');
  });
});

describe('the topic', () => {
  test('is encrypted with a key that CloudWatch may use, which the one of `alias/aws/sns` never lets it', () => {
    const stack = stackWith();
    watchedFunction(stack);
    const template = Template.fromStack(stack);
    const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        })]),
      },
    });
  });

  test('lets alarms of the account publish, and nobody else, over TLS', () => {
    const stack = stackWith();
    const topic = FunctionAlarms.topicOf(stack);
    const topicArn = stack.resolve(topic.topicArn);
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topicArn],
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: topicArn,
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: {
                'aws:SourceArn': stack.resolve(`arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`),
              },
            },
          }),
        ],
      },
    });
  });

  test('may be one of the caller, for a function or for a scope, instead of one made here', () => {
    const stack = stackWith();
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:incidents');
    SecureDefaults.set(stack, { alarms: Alarms.perFunction({ topic }) });
    watchedFunction(stack);
    new lambda.Function(stack, 'Other', CODE).with(new FunctionAlarms({ alarms: Alarms.perFunction({ errorRate: 1 }) }));
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:incidents'] }, 8);
    template.resourceCountIs('AWS::SNS::Topic', 0);
  });

  test('hears of the end of alarms if asked to', () => {
    const { Errors } = withLimits({ notifyRecovery: true });
    expect(Errors.OKActions).toEqual(Errors.AlarmActions);
  });
});

describe('limits', () => {
  test('are those of the caller', () => {
    const stack = stackWith();
    const fn = watchedFunction(stack, { reservedConcurrentExecutions: 10 }, {
      alarms: Alarms.perFunction({
        errorRate: 1, minimumErrors: 10, duration: 50, concurrency: 60, invocationBand: 2.5, eventAge: Duration.minutes(1),
      }),
    });
    new events.Rule(stack, 'Daily', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
    const { Errors, Duration: duration, Capacity, Invocations, Events } = alarmsIn(stack);
    expect(Errors.Threshold).toBe(1);
    expect(expression(Errors)).toBe('IF(errors >= 10, 100 * errors / invocations, 0)');
    expect(duration.Threshold).toBe(50);
    expect(Capacity.Threshold).toBe(60);
    expect(Invocations.Metrics[1].Expression).toBe('ANOMALY_DETECTION_BAND(invocations, 2.5)');
    expect(expression(Events)).toContain('eventAge / 60000,');
  });

  test('may be parameters of the stack', () => {
    const stack = stackWith();
    const parameter = new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber;
    watchedFunction(stack, {}, { alarms: Alarms.perFunction({ errorRate: parameter, minimumErrors: parameter }) });
    const { Errors } = alarmsIn(stack);
    expect(Errors.Threshold).toEqual({ Ref: 'Limit' });
    expect(expression(Errors)).toEqual({ 'Fn::Join': ['', ['IF(errors >= ', { Ref: 'Limit' }, ', 100 * errors / invocations, 0)']] });
  });

  test.each<PerFunctionAlarmsProps>([
    { errorRate: 0.1 }, { errorRate: 100 }, { minimumErrors: 1 }, { duration: 100 }, { concurrency: 100 }, { invocationBand: 0.1 },
    { eventAge: Duration.seconds(1) },
  ])('%j are allowed', limits => {
    expect(Object.keys(withLimits(limits))).toHaveLength(4);
  });

  test('that are wrong are reported together, each with what is allowed', () => {
    const unknown = Duration.seconds(new CfnParameter(stackWith(), 'Age', { type: 'Number' }).valueAsNumber);
    const wrong: PerFunctionAlarmsProps[] = [
      { errorRate: 0, minimumErrors: 0, duration: 101, concurrency: -1, invocationBand: 0, eventAge: Duration.millis(999) },
      { errorRate: 100.1, minimumErrors: 1.5, duration: 0, concurrency: 100.5, invocationBand: -2, eventAge: unknown },
      { errorRate: NaN, minimumErrors: NaN, duration: NaN, concurrency: NaN, invocationBand: NaN, eventAge: Duration.millis(0) },
    ];
    for (const limits of wrong) {
      const faults = Object.keys(limits).map(property => `\n  - \`${property}\` is .* \\(allowed: .*\\): .*`);
      expect(() => withLimits(limits)).toThrow(new RegExp(`^Stack/Fn has 6 faults:${faults.join('')}$`));
    }
  });

  test('of the defaults are checked for each function that takes them', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { alarms: Alarms.none('short') });
    expect(() => watchedFunction(stack)).toThrow(/1 fault:\n {2}- `Alarms.none` is `short`/);
  });
});

describe('no alarms', () => {
  const reason = 'a demo that nobody depends on';

  test('leave a reason in the template and neither topic nor alarm', () => {
    const stack = stackWith();
    watchedFunction(stack, {}, { alarms: Alarms.none(reason) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.hasResource('AWS::Lambda::Function', { Metadata: { 'cdk-secure-serverless': { weakened: { alarms: reason } } } });
  });

  test('need a reason in words', () => {
    expect(() => watchedFunction(stackWith(), {}, { alarms: Alarms.none('because') })).toThrow(/`Alarms.none` is `because` \(allowed: a reason/);
  });
});

describe('the mixin', () => {
  test('applied twice is the same as once', () => {
    const stack = stackWith();
    const fn = watchedFunction(stack, {}, { alarms: Alarms.perFunction({ errorRate: 7 }) });
    fn.with(new FunctionAlarms());
    Mixins.of(stack).apply(new FunctionAlarms());
    expect(alarmsIn(stack).Errors.Threshold).toBe(7);
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 4);
  });

  test('applied again with a choice takes the last one', () => {
    const stack = stackWith();
    const fn = watchedFunction(stack);
    fn.with(new FunctionAlarms({ alarms: Alarms.perFunction({ errorRate: 7 }) }));
    expect(alarmsIn(stack).Errors.Threshold).toBe(7);
  });

  test('leaves imported functions and bare resources alone', () => {
    const stack = stackWith();
    lambda.Function.fromFunctionName(stack, 'Imported', 'orders');
    new lambda.CfnFunction(stack, 'Bare', { code: { zipFile: 'x' }, role: 'arn:aws:iam::111122223333:role/x' });
    Mixins.of(stack).apply(new FunctionAlarms());
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  test('is part of SecureFunction', () => {
    const stack = stackWith();
    new SecureFunction(stack, 'Fn', { ...CODE, alarms: Alarms.perFunction({ errorRate: 7 }) });
    const { Errors, Duration: duration, Capacity } = alarmsIn(stack);
    expect(Errors.Threshold).toBe(7);
    expect(expression(duration)).toBe('100 * duration / (1000 * 10)');
    expect(expression(Capacity)).toContain('/ 10]');
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });
});

describe('the dashboard', () => {
  const widgetsOf = (stack: Stack): string => {
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')) as any[];
    return JSON.stringify(Properties.DashboardBody);
  };

  test('shows all functions of the stack, also those added later', () => {
    const stack = stackWith();
    new FunctionDashboard(stack, 'Dashboard');
    const fn = new lambda.Function(stack, 'Later', CODE);
    const body = widgetsOf(stack);
    const logicalId = stack.resolve(fn.functionName).Ref;
    expect(body.split(`{"Ref":"${logicalId}"}`)).toHaveLength(9); // one line in each of eight graphs
    for (const metric of ['Invocations', 'Errors', 'Throttles', 'ConcurrentExecutions', 'Duration', 'AsyncEventAge', 'AsyncEventsDropped', 'IteratorAge']) {
      expect(body).toContain(metric);
    }
  });

  test('shows the functions that were given, and no others', () => {
    const stack = stackWith();
    const shown = new lambda.Function(stack, 'Shown', CODE);
    new lambda.Function(stack, 'Hidden', CODE);
    new FunctionDashboard(stack, 'Dashboard', { functions: [shown] });
    expect(widgetsOf(stack)).toContain('Stack/Shown');
    expect(widgetsOf(stack)).not.toContain('Stack/Hidden');
  });

  test.each([[500, 0], [501, 1]])('of %i functions has %i faults', (count, faults) => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Fn', CODE);
    const dashboard = new FunctionDashboard(stack, 'Dashboard', { functions: Array(count).fill(fn) });
    expect(dashboard.node.validate()).toHaveLength(faults);
  });
});
