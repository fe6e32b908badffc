import { Token, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DISABLE_CREATION_STACK_TRACES, DISABLE_LOGICAL_ID_METADATA } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { Actions, Condition, Dimension, FunctionAlarm, Query } from './function-alarm';
import { provisionedAliasesOf } from './provisioned-aliases';
import { fleetOf, watcherOf } from './watchers';
import { onceComplete } from '../once-complete';
import { PerFunctionAlarmsProps } from '../options/alarms';
import { asynchronousTriggersOf, streamSourcesOf, triggersOf } from '../triggers';

const FIVE_MINUTES = 300;
const MINUTE = 60;

/** What Lambda takes for the timeout of a function that has none. */
const LAMBDA_TIMEOUT = 3;

/** How many metrics the expression of one alarm may use, and how many of them are left for aliases. */
const METRICS_PER_ALARM = 10;
const ALIASES_PER_ALARM = METRICS_PER_ALARM - 2;

/** Services in whose chains Lambda detects recursion, apart from direct calls, which the app doesn't show. */
const RECURSION_PRINCIPALS = ['s3.amazonaws.com', 'sns.amazonaws.com'];

/**
 * The alarms of one function: one for all that whoever is called reacts to in the same way, since each is a resource, and
 * time at each synth. What applies is decided at synth, when the triggers of the function are known.
 *
 * Limits are in percent, so that a timeout or a reservation may be a parameter of the stack. `MAX` and `SUM` of a list pass
 * over a metric without data, which an operator would turn into no result at all.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export class FunctionAlarmSet extends Construct {
  public static readonly ID = 'FunctionAlarms';
  private dimension?: Dimension;

  constructor(
    private readonly fn: lambda.Function,
    private readonly cfn: lambda.CfnFunction,
    private readonly limits: PerFunctionAlarmsProps,
    private readonly actions: Actions,
  ) {
    super(fn, FunctionAlarmSet.ID);
    // Where an alarm was created says nothing: it comes from the function, whose own trace leads to the caller.
    this.node.setContext(DISABLE_CREATION_STACK_TRACES, true);
    // Their logical ids read as their paths do.
    this.node.setContext(DISABLE_LOGICAL_ID_METADATA, true);
    const isWatchedHere = () => watcherOf(fn) === 'function';
    // A fleet may come later and take over; one that is there already stays, and leaves no more than the duration to this set.
    const isWatchedByFleet = !isWatchedHere();
    if (!isWatchedByFleet) {
      this.addErrors(isWatchedHere);
      this.addCapacity(isWatchedHere);
    }
    this.addDuration(() => isWatchedHere() || (watcherOf(fn) === 'fleet' && !fleetOf(fn)?.coversDurationOf(fn)));
    if (isWatchedByFleet) return;
    this.addInvocations(isWatchedHere);
    onceComplete(fn, FunctionAlarmSet.ID, getsEvents => {
      if (getsEvents && !this.node.tryFindChild('Events')) this.addEvents(() => isWatchedHere() && this.eventTerms().length > 0);
    });
  }

  private addErrors(applies: () => boolean): void {
    const { errorRate = 5, minimumErrors = 2 } = this.limits;
    this.add('Errors', applies, {
      AlarmDescription: `Of the invocations of ${this.fn.node.path}, ${asText(errorRate)} % and at least ${asText(minimumErrors)} failed within 5 minutes`,
      ...atLeast(errorRate),
    }, () => [
      this.query('errors', 'Errors', 'Sum', FIVE_MINUTES),
      this.query('invocations', 'Invocations', 'Sum', FIVE_MINUTES),
      watched(`IF(errors >= ${asText(minimumErrors)}, 100 * errors / invocations, 0)`, 'Failed invocations (%)'),
    ]);
  }

  /** More work than the function may do at once, or nearly so. */
  private addCapacity(applies: () => boolean): void {
    const { concurrency = 80 } = this.limits;
    this.add('Capacity', applies, {
      AlarmDescription: `${this.fn.node.path} was throttled, or used ${asText(concurrency)} % of its reserved or all of its provisioned concurrency, in 3 of 5 minutes`,
      ...atLeast(concurrency),
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
    }, () => this.capacityQueries());
  }

  private capacityQueries(): Query[] {
    const throttles = this.query('throttles', 'Throttles', 'Sum', MINUTE);
    const reserved = this.resolved(this.cfn.reservedConcurrentExecutions);
    const aliases = provisionedAliasesOf(this.cfn).slice(0, ALIASES_PER_ALARM).map((alias, index) => this.spillover(`spillover${index}`, alias));
    const terms = [throttles, ...aliases].map(({ Id }) => `IF(${Id} > 0, 100, 0)`);
    // Without a reservation the quota of the account is the limit, and there is no share of a reservation of 0.
    const concurrency = reserved ? [this.query('concurrency', 'ConcurrentExecutions', 'Maximum', MINUTE)] : [];
    if (reserved) terms.push(`100 * concurrency / ${asText(reserved)}`);
    return [throttles, ...aliases, ...concurrency, watched(`MAX([${terms.join(', ')}])`, 'Use of concurrency (%), 100 when throttled')];
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html */
  private spillover(id: string, alias: lambda.CfnAlias): Query {
    const resource = { Name: 'Resource', Value: `${this.cfn.ref}:${alias.name}` };
    return this.query(id, 'ProvisionedConcurrencySpilloverInvocations', 'Sum', MINUTE, [...this.dimensions, resource]);
  }

  private addDuration(applies: () => boolean): void {
    const { duration = 80 } = this.limits;
    this.add('Duration', applies, {
      AlarmDescription: `Invocations of ${this.fn.node.path} took ${asText(duration)} % of its timeout (99th percentile within 5 minutes)`,
      ...atLeast(duration),
    }, () => [
      this.query('duration', 'Duration', 'p99', FIVE_MINUTES),
      watched(`100 * duration / (1000 * ${asText(this.resolved(this.cfn.timeout) ?? LAMBDA_TIMEOUT)})`, 'Use of the timeout (%)'),
    ]);
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html */
  private addInvocations(applies: () => boolean): void {
    const { invocationBand = 4 } = this.limits;
    this.add('Invocations', applies, {
      AlarmDescription: `${this.fn.node.path} has been invoked unusually often for 15 minutes, which its owner pays for`,
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ThresholdMetricId: 'band',
      EvaluationPeriods: 3,
    }, () => [
      { ...this.query('invocations', 'Invocations', 'Sum', FIVE_MINUTES), ReturnData: true },
      { Id: 'band', Expression: `ANOMALY_DETECTION_BAND(invocations, ${asText(invocationBand)})`, Label: 'Usual invocations', ReturnData: true },
    ]);
  }

  /** Events that don't reach the function in time, or never. */
  private addEvents(applies: () => boolean): void {
    this.add('Events', applies, {
      AlarmDescription: `Events wait longer than ${this.eventAge / 1000} s for ${this.fn.node.path}, were given up, `
        + 'could not be handed to a failure destination, or went in a circle until Lambda stopped it',
      ...atLeast(1),
    }, () => this.eventQueries());
  }

  private eventQueries(): Query[] {
    const terms = this.eventTerms();
    const age = terms.map(({ id, isAge }) => isAge ? `${id} / ${this.eventAge}` : id);
    return [
      ...terms.map(({ id, metricName, isAge }) => this.query(id, metricName, isAge ? 'Maximum' : 'Sum', FIVE_MINUTES)),
      watched(`MAX([${age.join(', ')}])`, 'Events late (in shares of the limit) or lost'),
    ];
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
  private eventTerms(): EventTerm[] {
    const asynchronous = asynchronousTriggersOf(this.fn).length > 0;
    const stream = streamSourcesOf(this.fn).length > 0;
    return [
      ...asynchronous ? ASYNCHRONOUS_TERMS : [],
      ...stream ? [{ id: 'recordAge', metricName: 'IteratorAge', isAge: true }] : [],
      ...asynchronous || stream ? [{ id: 'undelivered', metricName: 'DestinationDeliveryFailures' }] : [],
      ...mayRecurse(this.fn, this.cfn) ? [{ id: 'recursion', metricName: 'RecursiveInvocationsDropped' }] : [],
    ];
  }

  private add(id: string, applies: () => boolean, condition: Condition, queries: () => Query[]): void {
    new FunctionAlarm(this, id, condition, this.actions, queries, applies);
  }

  /** Resolved once: it stands in each metric, and a reference takes long to resolve. */
  private get dimensions(): Dimension[] {
    this.dimension ??= { Name: 'FunctionName', Value: this.fn.stack.resolve(this.cfn.ref) };
    return [this.dimension];
  }

  private get eventAge(): number {
    return this.limits.eventAge?.toMilliseconds() ?? 600_000;
  }

  private query(id: string, metricName: string, stat: string, period: number, dimensions: Dimension[] = this.dimensions): Query {
    return {
      Id: id,
      MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: metricName, Dimensions: dimensions }, Period: period, Stat: stat },
      ReturnData: false,
    };
  }

  /** The value itself where it has one at synth, also behind a `Lazy`. */
  private resolved(value: number | undefined): number | undefined {
    if (!Token.isUnresolved(value)) return value;
    const resolved = this.fn.stack.resolve(value);
    return typeof resolved === 'number' || resolved === undefined ? resolved : value;
  }
}

interface EventTerm {
  readonly id: string;
  readonly metricName: string;
  readonly isAge?: boolean;
}

const ASYNCHRONOUS_TERMS: EventTerm[] = [
  { id: 'eventAge', metricName: 'AsyncEventAge', isAge: true },
  { id: 'dropped', metricName: 'AsyncEventsDropped' },
  { id: 'deadLetterErrors', metricName: 'DeadLetterErrors' },
];

function watched(expression: string, label: string): Query {
  return { Id: 'watched', Expression: expression, Label: label, ReturnData: true };
}

function atLeast(threshold: number): Omit<Condition, 'AlarmDescription'> {
  return { ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: threshold, EvaluationPeriods: 1 };
}

function asText(value: number): string {
  return Token.isUnresolved(value) ? Tokenization.stringifyNumber(value) : String(value);
}

/** Whether Lambda would detect and stop a loop through one of the function's triggers. */
export function mayRecurse(fn: lambda.Function, cfn: lambda.CfnFunction): boolean {
  // Where recursion is allowed, Lambda stops nothing and reports nothing.
  if (cfn.recursiveLoop === 'Allow') return false;
  return triggersOf(fn).some(({ kind, resource }) => kind === 'queue'
    || RECURSION_PRINCIPALS.includes((resource as lambda.CfnPermission).principal));
}
