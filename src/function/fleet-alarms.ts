import { Annotations, AspectPriority, Aspects, Duration, IAspect, Lazy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { ConditionalAlarm } from './alarms/conditional-alarm';
import { watchFailureQueue } from './alarms/failure-queue-alarm';
import { mayRecurse } from './alarms/function-alarm-set';
import { checkAge, checkCount, checkPercentage } from './alarms/limits';
import { Fleet, registerFleet, watcherOf } from './alarms/watchers';
import { SecureDefaults } from './defaults';
import { Faults } from './faults';
import { cfnFunctionOf, isSecurable } from './parts/securable-function';
import { alarmTopicFor } from './shared/alarm-topic';
import { topLevelStack } from './shared/shared-scope';
import { asynchronousTriggersOf, streamSourcesOf } from './triggers';

/** Tag of each function that a fleet's alarms watch; its value is the name of the stack. */
const FLEET_TAG = 'SecureServerlessFleet';

/** Tag with the function's timeout in seconds, for the alarm on duration, which has one threshold. */
const TIMEOUT_TAG = 'SecureServerlessTimeout';

/** How many time series a query of Metrics Insights returns at most. */
const LARGEST_FLEET = 500;

/** What Lambda takes for the timeout of a function that has none. */
const LAMBDA_TIMEOUT = 3;

/**
 * Properties for `FleetAlarms`.
 */
export interface FleetAlarmsProps {
  /**
   * How many invocations of one function must fail within 5 minutes; a whole number from 1.
   *
   * @default 5
   */
  readonly errors?: number;

  /**
   * How long an invocation may take, in percent of the timeout that most functions of the stack have, above 0 and up to
   * 100. Functions with another timeout keep an alarm on duration of their own.
   *
   * @default 80
   */
  readonly duration?: number;

  /**
   * How often one function may be invoked within 5 minutes; a whole number from 1.
   *
   * @default - no limit but the reserved concurrency, whose use up is reported as throttling
   */
  readonly invocations?: number;

  /**
   * How long events and stream records may wait for a function, at least a second.
   *
   * @default Duration.minutes(10)
   */
  readonly eventAge?: Duration;

  /**
   * Topic that the alarms publish to. It must let `cloudwatch.amazonaws.com` publish, and so must the policy of its key.
   *
   * @default - the topic of the alarms in `SecureDefaults`, else an encrypted one that all alarms of the stack share
   */
  readonly topic?: sns.ITopic;

  /**
   * Whether the topic also hears of the end of an alarm.
   *
   * @default false
   */
  readonly notifyRecovery?: boolean;

  /**
   * Confirms that "resource tags on telemetry" is enabled in the account and region, without which these alarms see no
   * metric and stay quiet for ever. It is a setting of CloudWatch, free of charge.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/EnableResourceTagsOnTelemetry.html
   * @default false - a warning at synth asks for it
   */
  readonly resourceTagsOnTelemetry?: boolean;
}

/**
 * A fixed number of alarms, at most 9, for all functions of a stack and its nested stacks, however many there are: each
 * function is a contributor of its own to a query of CloudWatch Metrics Insights. Functions added later are watched, too.
 *
 * Functions without a choice of their own leave their alarms to it, whether it is made before or after them; those with
 * `Alarms.perFunction()` in their own props, or with `Alarms.none(reason)`, are left out. Only functions with a timeout
 * other than most of the stack keep one alarm, on duration.
 *
 * Metrics Insights has no list of names and no wildcards in its conditions, so the functions are found by a tag that this
 * construct puts on them. CloudWatch knows tags only where the account has "resource tags on telemetry" enabled.
 * A query returns at most 500 functions (more are an error here), and a region has 200 such alarms unless AWS raises that quota.
 *
 * Different from alarms for each function: a number of errors instead of a rate, a number of invocations instead of a
 * learned band, concurrency only once it throttles, and neither dead letters nor provisioned concurrency.
 * Give busy functions `Alarms.perFunction()`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html
 */
export class FleetAlarms extends Construct {
  private readonly fleet: TaggedFleet;
  private readonly actions: Pick<cloudwatch.CfnAlarmProps, 'alarmActions' | 'okActions'>;

  constructor(scope: Construct, id: string, props: FleetAlarmsProps = {}) {
    super(scope, id);
    check(this, props);
    this.fleet = new TaggedFleet(this, 'Fleet');
    registerFleet(this.fleet);

    const { topicArn } = props.topic ?? SecureDefaults.of(this).alarms._props.topic ?? alarmTopicFor(this);
    this.actions = { alarmActions: [topicArn], okActions: props.notifyRecovery ? [topicArn] : undefined };
    this.addAlarmsOfAllFunctions(props);
    this.addAlarmsOfTriggers(props.eventAge?.toMilliseconds() ?? 600_000);
    watchFailureQueue(this, this.actions);
    if (!props.resourceTagsOnTelemetry) this.warnOfTelemetry();
  }

  private addAlarmsOfAllFunctions({ errors = 5, duration = 80, invocations }: FleetAlarmsProps): void {
    this.add('Errors', 'invocations failed', { select: 'SUM(Errors)', atLeast: errors });
    this.add('Throttles', 'was throttled in 3 of 5 minutes', { select: 'SUM(Throttles)', atLeast: 1, minutes: true });
    this.add('Duration', `took ${duration} % of the timeout`, {
      select: 'MAX(Duration)',
      and: Lazy.string({ produce: () => ` AND tag.${TIMEOUT_TAG} = '${this.fleet.commonTimeout}'` }),
      atLeast: Lazy.number({ produce: () => this.fleet.commonTimeout! * 10 * duration }),
      applies: () => this.fleet.commonTimeout !== undefined,
    });
    this.add('Invocations', 'is invoked unusually often, which its owner pays for', {
      select: 'SUM(Invocations)',
      atLeast: invocations ?? 0,
      applies: () => invocations !== undefined,
    });
  }

  private addAlarmsOfTriggers(eventAge: number): void {
    const hasAsynchronous = () => this.fleet.has(fn => asynchronousTriggersOf(fn).length > 0);
    const hasStream = () => this.fleet.has(fn => streamSourcesOf(fn).length > 0);
    this.add('LateEvents', 'has asynchronous events that wait too long', { select: 'MAX(AsyncEventAge)', atLeast: eventAge, applies: hasAsynchronous });
    this.add('LostEvents', 'gave up asynchronous events', { select: 'SUM(AsyncEventsDropped)', atLeast: 1, applies: hasAsynchronous });
    this.add('UndeliveredEvents', 'could not hand events to its failure destination, where they are lost', {
      select: 'SUM(DestinationDeliveryFailures)',
      atLeast: 1,
      applies: () => hasAsynchronous() || hasStream(),
    });
    this.add('LateRecords', 'has stream records that wait too long', { select: 'MAX(IteratorAge)', atLeast: eventAge, applies: hasStream });
    this.add('Recursion', 'invokes itself, and Lambda stopped it', {
      select: 'SUM(RecursiveInvocationsDropped)',
      atLeast: 1,
      applies: () => this.fleet.has(fn => mayRecurse(fn, cfnFunctionOf(fn))),
    });
  }

  private add(id: string, what: string, { select, and = '', atLeast, minutes, applies = () => true }: FleetQuery): void {
    const metric = select.slice(select.indexOf('(') + 1, -1);
    const aggregate = select.slice(0, select.indexOf('('));
    new ConditionalAlarm(this, id, {
      alarmDescription: `A function of ${this.fleet.stackName}: ${what} (its contributors name the function)`,
      metrics: [{
        id: 'functions',
        expression: `SELECT ${aggregate}(${metric}) FROM SCHEMA("AWS/Lambda", FunctionName) WHERE tag.${FLEET_TAG} = '${this.fleet.stackName}'${and}`
          + ` GROUP BY FunctionName ORDER BY ${aggregate}() DESC`,
        period: minutes ? 60 : 300,
        returnData: true,
      }],
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: atLeast,
      evaluationPeriods: minutes ? 5 : 1,
      datapointsToAlarm: minutes ? 3 : 1,
      ...this.actions,
    }, () => this.fleet.functions.length > 0 && applies());
  }

  private warnOfTelemetry(): void {
    Annotations.of(this).addWarningV2('cdk-secure-serverless:resource-tags-on-telemetry',
      'these alarms find functions by a tag, which CloudWatch knows only if "resource tags on telemetry" is enabled in the account and region '
      + '(expected `resourceTagsOnTelemetry: true` once it is): see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/EnableResourceTagsOnTelemetry.html');
  }
}

interface FleetQuery {
  readonly select: `${'MAX' | 'SUM'}(${string})`;
  readonly and?: string;
  readonly atLeast: number;
  /** Whether it is about 3 of 5 minutes, rather than about 5 minutes together. */
  readonly minutes?: boolean;
  readonly applies?: () => boolean;
}

/** The functions that the alarms are about, known once the tree is complete. */
class TaggedFleet extends Construct implements Fleet, IAspect {
  public readonly stackName: string;
  private members?: readonly lambda.Function[];
  private timeout?: number;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = topLevelStack(this);
    this.stackName = stack.stackName;
    Aspects.of(stack).add(this, { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => this.validateSize() });
  }

  /** Tags aren't part of the hash of a version, so that none is published because of them. */
  public visit(construct: IConstruct): void {
    if (!isSecurable(construct) || watcherOf(construct) !== 'fleet') return;
    const { tags } = cfnFunctionOf(construct);
    tags.setTag(FLEET_TAG, this.stackName);
    tags.setTag(TIMEOUT_TAG, Lazy.string({ produce: () => String(timeoutOf(construct) ?? 'parameter') }));
  }

  public get functions(): readonly lambda.Function[] {
    return this.members ??= this.findMembers();
  }

  public has(condition: (fn: lambda.Function) => boolean): boolean {
    return this.functions.some(condition);
  }

  public coversDurationOf(fn: lambda.Function): boolean {
    const timeout = timeoutOf(fn);
    return timeout !== undefined && timeout === this.commonTimeout;
  }

  /** The timeout that most functions have, the longest if several are as common; undefined if all are parameters of the stack. */
  public get commonTimeout(): number | undefined {
    return this.functions.length > 0 ? this.timeout : undefined;
  }

  private findMembers(): readonly lambda.Function[] {
    const members = topLevelStack(this).node.findAll().filter(isSecurable).filter(fn => watcherOf(fn) === 'fleet');
    this.timeout = mostCommon(members.map(timeoutOf));
    return members;
  }

  private validateSize(): string[] {
    this.members = undefined; // functions may have been added since an earlier synth
    const { length } = this.functions;
    if (length <= LARGEST_FLEET) return [];
    return [`\`FleetAlarms\` would watch ${length} functions, of which CloudWatch leaves out some `
      + `(expected at most ${LARGEST_FLEET}): split the stack, or give some functions \`alarms: Alarms.perFunction()\``];
  }
}

function mostCommon(timeouts: (number | undefined)[]): number | undefined {
  const counts = new Map<number, number>();
  for (const timeout of timeouts) {
    if (timeout !== undefined) counts.set(timeout, (counts.get(timeout) ?? 0) + 1);
  }
  return [...counts].sort(([timeout, count], [other, otherCount]) => otherCount - count || other - timeout)[0]?.[0];
}

function timeoutOf(fn: lambda.Function): number | undefined {
  const { timeout } = cfnFunctionOf(fn);
  const resolved = timeout === undefined ? LAMBDA_TIMEOUT : fn.stack.resolve(timeout);
  return typeof resolved === 'number' ? resolved : undefined;
}

function check(scope: Construct, { errors, duration, invocations, eventAge }: FleetAlarmsProps): void {
  const faults = new Faults(scope.node.path);
  checkCount(faults, 'errors', errors);
  checkPercentage(faults, 'duration', duration);
  if (Token.isUnresolved(duration)) faults.add('duration', 'known at deployment only', 'a known percentage', 'set a number, such as 80');
  checkCount(faults, 'invocations', invocations);
  checkAge(faults, 'eventAge', eventAge);
  faults.throwIfAny();
}
