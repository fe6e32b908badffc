import { App, CfnParameter, Duration, Mixins, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CODE, FLAG_SETTINGS, stackWith } from './fixtures';
import { Alarms, FleetAlarms, FleetAlarmsProps, FunctionAlarms, SecureDefaults, SecureFunction } from '../../src';
import { failureQueueFor } from '../../src/function/shared/failure-queue';

function newFleet(stack: Stack, props: FleetAlarmsProps = {}): FleetAlarms {
  return new FleetAlarms(stack, 'Fleet', { resourceTagsOnTelemetry: true, ...props });
}

function addFunction(stack: Stack, id: string, timeout?: number, alarms?: Alarms): lambda.Function {
  const fn = new lambda.Function(stack, id, { ...CODE, timeout: timeout === undefined ? undefined : Duration.seconds(timeout) });
  fn.with(new FunctionAlarms({ alarms }));
  return fn;
}

function fleetAlarmsIn(stack: Stack): Record<string, any> {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(alarms.flatMap(([id, { Properties }]) => {
    const name = /^Fleet([A-Z][A-Za-z]*)[0-9A-F]{8}$/.exec(id)?.[1];
    return name ? [[name, Properties]] : [];
  }));
}

function tagsOf(stack: Stack, fn: lambda.Function): Record<string, string> {
  const { Properties } = Template.fromStack(stack).findResources('AWS::Lambda::Function')[stack.resolve(fn.functionName).Ref];
  return Object.fromEntries((Properties.Tags ?? []).map(({ Key, Value }: any) => [Key, Value]));
}

const query = (alarm: any): string => alarm.Metrics[0].Expression;

describe.each(FLAG_SETTINGS)('%s', (_, appProps) => {
  test.each([
    ['before', true],
    ['after', false],
  ])('one line %s the functions replaces the alarms of each', (__, before) => {
    const stack = stackWith(appProps);
    if (before) newFleet(stack);
    addFunction(stack, 'A');
    addFunction(stack, 'B');
    if (!before) newFleet(stack);
    expect(Object.keys(fleetAlarmsIn(stack))).toEqual(['Errors', 'Throttles', 'Duration']);
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 3);
  });

  test('its number of alarms does not depend on the number of functions, a later one included', () => {
    const stack = stackWith(appProps);
    newFleet(stack);
    const fns = Array.from({ length: 20 }, (__, index) => new SecureFunction(stack, `Fn${index}`, CODE));
    expect(Object.keys(fleetAlarmsIn(stack))).toEqual(['Errors', 'Throttles', 'Duration']);
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { Namespace: Match.absent() }, 3); // and one on the failure queue
    expect(fns.map(fn => tagsOf(stack, fn).SecureServerlessFleet)).toEqual(Array(20).fill('Stack'));
  });
});

test('queries the functions with the tag of the stack, each as a contributor of its own', () => {
  const stack = stackWith();
  newFleet(stack);
  addFunction(stack, 'A', 20);
  const { Errors, Throttles, Duration: duration } = fleetAlarmsIn(stack);
  expect(Errors).toMatchObject({
    Metrics: [{
      Id: 'functions',
      Expression: 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE tag.SecureServerlessFleet = \'Stack\' GROUP BY FunctionName ORDER BY SUM() DESC',
      Period: 300,
      ReturnData: true,
    }],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 5,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
  expect(Throttles).toMatchObject({ Metrics: [{ Period: 60 }], Threshold: 1, EvaluationPeriods: 5, DatapointsToAlarm: 3 });
  expect(query(Throttles)).toContain('SELECT SUM(Throttles) FROM');
  expect(duration.Threshold).toBe(16_000);
  expect(query(duration)).toContain('SELECT MAX(Duration) FROM');
  expect(query(duration)).toContain('WHERE tag.SecureServerlessFleet = \'Stack\' AND tag.SecureServerlessTimeout = \'20\' GROUP BY');
});

test('covers the functions of nested stacks, and the bare ones of the L2', () => {
  const stack = stackWith();
  newFleet(stack);
  const nested = new NestedStack(stack, 'Nested');
  const inner = addFunction(nested, 'Inner');
  const bare = new lambda.Function(stack, 'Bare', CODE);
  expect(tagsOf(nested, inner).SecureServerlessFleet).toBe('Stack');
  expect(tagsOf(stack, bare).SecureServerlessFleet).toBe('Stack');
  Template.fromStack(nested).resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('leaves the functions of other stacks alone', () => {
  const app = new App();
  const watched = new Stack(app, 'Watched');
  const other = new Stack(app, 'Other');
  newFleet(watched);
  const fn = addFunction(other, 'Fn');
  expect(tagsOf(other, fn)).toEqual({});
  Template.fromStack(other).resourceCountIs('AWS::CloudWatch::Alarm', 4);
});

test('publishes no new versions: tags are not part of their hash', () => {
  const versionId = (withFleet: boolean) => {
    const stack = stackWith();
    if (withFleet) newFleet(stack);
    expect(addFunction(stack, 'Fn').currentVersion).toBeDefined();
    return Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Version'));
  };
  expect(versionId(true)).toEqual(versionId(false));
});

describe('a choice of the function itself', () => {
  test('for alarms of its own stands, without double alarms', () => {
    const stack = stackWith();
    newFleet(stack);
    addFunction(stack, 'A');
    const busy = addFunction(stack, 'Busy', undefined, Alarms.perFunction());
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 3 + 4);
    expect(tagsOf(stack, busy)).toEqual({});
  });

  test('for none stands', () => {
    const stack = stackWith();
    newFleet(stack);
    const demo = addFunction(stack, 'Demo', undefined, Alarms.none('a demo that nobody depends on'));
    expect(tagsOf(stack, demo)).toEqual({});
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  test('of the defaults gives way to the fleet of the stack', () => {
    const stack = stackWith();
    SecureDefaults.set(stack, { alarms: Alarms.perFunction({ errorRate: 1 }) });
    newFleet(stack);
    addFunction(stack, 'A');
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 3);
  });

  test('for the fleet is an error in a stack that has none', () => {
    const stack = stackWith();
    addFunction(stack, 'A', undefined, Alarms.fleet());
    expect(() => Template.fromStack(stack)).toThrow(/nothing watches Stack\/A: `alarms` is `Alarms.fleet\(\)` and Stack has no `FleetAlarms`/);
  });

  test('for the fleet is watched by the one around a nested stack', () => {
    const stack = stackWith();
    const nested = new NestedStack(stack, 'Nested');
    addFunction(nested, 'A', undefined, Alarms.fleet());
    newFleet(stack);
    Template.fromStack(nested).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });
});

describe('duration', () => {
  test('is watched at the timeout that most functions have; others keep an alarm of their own', () => {
    const stack = stackWith();
    newFleet(stack);
    addFunction(stack, 'A', 10);
    addFunction(stack, 'B', 10);
    const slow = addFunction(stack, 'Slow', 60);
    const template = Template.fromStack(stack);
    expect(fleetAlarmsIn(stack).Duration.Threshold).toBe(8_000);
    expect(tagsOf(stack, slow)).toEqual({ SecureServerlessFleet: 'Stack', SecureServerlessTimeout: '60' });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 3 + 1);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Metrics: Match.arrayWith([Match.objectLike({ Expression: '100 * duration / (1000 * 60)' })]),
    });
  });

  test('is watched at the longest of timeouts that are as common', () => {
    const stack = stackWith();
    newFleet(stack);
    addFunction(stack, 'A', 10);
    addFunction(stack, 'B', 60);
    expect(fleetAlarmsIn(stack).Duration.Threshold).toBe(48_000);
  });

  test('of a timeout that is a parameter is watched by an alarm of the function', () => {
    const stack = stackWith();
    newFleet(stack);
    const fn = addFunction(stack, 'A');
    (fn.node.defaultChild as lambda.CfnFunction).timeout = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    expect(Object.keys(fleetAlarmsIn(stack))).toEqual(['Errors', 'Throttles']);
    expect(tagsOf(stack, fn).SecureServerlessTimeout).toBe('parameter');
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 3);
  });
});

describe('triggers', () => {
  let stack: Stack;
  let fn: lambda.Function;
  beforeEach(() => {
    stack = stackWith();
    newFleet(stack, { eventAge: Duration.minutes(5) });
    addFunction(stack, 'Other');
    fn = addFunction(stack, 'A');
  });
  const added = () => Object.keys(fleetAlarmsIn(stack)).filter(name => !['Errors', 'Throttles', 'Duration'].includes(name));

  test('that are asynchronous add alarms on late and lost events', () => {
    new events.Rule(stack, 'Daily', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
    expect(added()).toEqual(['LateEvents', 'LostEvents', 'UndeliveredEvents']);
    const { LateEvents, LostEvents, UndeliveredEvents } = fleetAlarmsIn(stack);
    expect(LateEvents.Threshold).toBe(300_000);
    expect(query(LateEvents)).toContain('SELECT MAX(AsyncEventAge) FROM');
    expect(query(LostEvents)).toContain('SELECT SUM(AsyncEventsDropped) FROM');
    expect(query(UndeliveredEvents)).toContain('SELECT SUM(DestinationDeliveryFailures) FROM');
  });

  test('that are streams add alarms on late and lost records', () => {
    const table = new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      stream: dynamodb.StreamViewType.NEW_IMAGE,
    });
    fn.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
    expect(added()).toEqual(['UndeliveredEvents', 'LateRecords']);
    expect(fleetAlarmsIn(stack).LateRecords.Threshold).toBe(300_000);
    expect(query(fleetAlarmsIn(stack).LateRecords)).toContain('SELECT MAX(IteratorAge) FROM');
  });

  test('that can be part of a loop add an alarm on recursion', () => {
    fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
    expect(added()).toEqual(['Recursion']);
    expect(query(fleetAlarmsIn(stack).Recursion)).toContain('SELECT SUM(RecursiveInvocationsDropped) FROM');
  });

  test('whose failures are kept have one alarm on the failure queue, though functions and fleet ask for it', () => {
    failureQueueFor(stack);
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateNumberOfMessagesVisible' }, 1);
  });
});

describe('props', () => {
  const fleet = (props: FleetAlarmsProps) => {
    const stack = stackWith();
    newFleet(stack, props);
    addFunction(stack, 'A', 10);
    return stack;
  };

  test('set the limits', () => {
    const { Errors, Duration: duration, Invocations } = fleetAlarmsIn(fleet({ errors: 1, duration: 50, invocations: 1000 }));
    expect(Errors.Threshold).toBe(1);
    expect(duration.Threshold).toBe(5_000);
    expect(Invocations.Threshold).toBe(1000);
    expect(query(Invocations)).toContain('SELECT SUM(Invocations) FROM');
  });

  test('set the topic', () => {
    const stack = stackWith();
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:incidents');
    newFleet(stack, { topic, notifyRecovery: true });
    new lambda.Function(stack, 'A', CODE);
    expect(fleetAlarmsIn(stack).Errors).toMatchObject({ AlarmActions: [topic.topicArn], OKActions: [topic.topicArn] });
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 0);
  });

  test('that are wrong are reported together', () => {
    expect(() => fleet({ errors: 0, duration: 0, invocations: 0.5, eventAge: Duration.millis(10) })).toThrow(/Stack\/Fleet has 4 faults/);
    expect(() => fleet({ errors: 1.5, duration: 101, invocations: 0, eventAge: Duration.millis(999) })).toThrow(/Stack\/Fleet has 4 faults/);
    const parameter = new CfnParameter(stackWith(), 'Percent', { type: 'Number' });
    expect(() => fleet({ duration: parameter.valueAsNumber })).toThrow(/`duration` is `known at deployment only`/);
  });

  test('confirm that CloudWatch knows the tags, or else a warning asks for it', () => {
    const id = '/Stack/Fleet';
    Annotations.fromStack(fleet({ resourceTagsOnTelemetry: undefined })).hasWarning(id, Match.stringLikeRegexp('resource tags on telemetry'));
    Annotations.fromStack(fleet({ resourceTagsOnTelemetry: true })).hasNoWarning(id, Match.anyValue());
  });
});

describe('limits of CloudWatch', () => {
  test('a stack has one fleet', () => {
    const stack = stackWith();
    newFleet(stack);
    expect(() => new FleetAlarms(new NestedStack(stack, 'Nested'), 'Again')).toThrow(/Stack\/Nested\/Again.* watches already \(allowed: one for each stack\)/);
  });

  test.each([[500, false], [501, true]])('a fleet of %i functions: too large is %s', (count, tooLarge) => {
    const stack = stackWith();
    const fleet = newFleet(stack);
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/x');
    for (let i = 0; i < count; i++) new lambda.Function(stack, `Fn${i}`, { ...CODE, role });
    const messages = fleet.node.findAll().flatMap(each => each.node.validate());
    expect(messages.some(each => each.includes(`would watch ${count} functions`))).toBe(tooLarge);
  });

  test('an empty fleet has no alarms', () => {
    const stack = stackWith();
    newFleet(stack);
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });
});

test('works with the mixin over a whole app', () => {
  const stack = stackWith();
  new lambda.Function(stack, 'A', CODE);
  Mixins.of(stack.node.root).apply(new FunctionAlarms());
  newFleet(stack);
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 3);
});
