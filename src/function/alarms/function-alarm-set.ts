import { Lazy, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ConditionalAlarm } from './conditional-alarm';
import { provisionedAliasesOf } from './provisioned-aliases';
import { fleetOf, watcherOf } from './watchers';
import { PerFunctionAlarmsProps } from '../options/alarms';
import { asynchronousTriggersOf, streamSourcesOf, triggersOf } from '../triggers';

const FIVE_MINUTES = 300;
const MINUTE = 60;

/** What Lambda takes for the timeout of a function that has none. */
const LAMBDA_TIMEOUT = 3;

/** How many metrics the expression of one alarm may use. */
const METRICS_PER_ALARM = 10;

/** Services in whose chains Lambda detects recursion, apart from direct calls, which the app doesn't show. */
const RECURSION_PRINCIPALS = ['s3.amazonaws.com', 'sns.amazonaws.com'];

type Query = cloudwatch.CfnAlarm.MetricDataQueryProperty;

/**
 * The alarms of one function. Which of them apply is decided at synth, when its triggers are known; limits are in percent,
 * so that a timeout or a reservation may be a parameter of the stack.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class FunctionAlarmSet extends Construct {
  constructor(
    private readonly fn: lambda.Function,
    private readonly cfn: lambda.CfnFunction,
    private readonly limits: PerFunctionAlarmsProps,
    private readonly actions: Pick<cloudwatch.CfnAlarmProps, 'alarmActions' | 'okActions'>,
  ) {
    super(fn, 'Alarms');
    this.addErrors();
    this.addCapacity();
    this.addDuration();
    this.addInvocations();
    this.addLateEvents();
    this.addLostEvents();
    this.addLateRecords();
    this.addRecursion();
    this.addSpillover();
  }

  private addErrors(): void {
    const { errorRate = 5, minimumErrors = 2 } = this.limits;
    this.add('Errors', () => true, {
      alarmDescription: `Of the invocations of ${this.fn.node.path}, ${asText(errorRate)} % and at least ${asText(minimumErrors)} failed within 5 minutes`,
      metrics: [
        this.query('errors', 'Errors', 'Sum', FIVE_MINUTES),
        this.query('invocations', 'Invocations', 'Sum', FIVE_MINUTES),
        watched(`IF(errors >= ${asText(minimumErrors)}, 100 * errors / invocations, 0)`, 'Failed invocations (%)'),
      ],
      ...atLeast(errorRate),
    });
  }

  /** Both mean the same to whoever is called: more work than the function may do at once. */
  private addCapacity(): void {
    const { concurrency = 80 } = this.limits;
    this.add('Capacity', () => true, {
      alarmDescription: `${this.fn.node.path} was throttled or used ${asText(concurrency)} % of its reserved concurrency in 3 of 5 minutes`,
      metrics: [
        this.query('throttles', 'Throttles', 'Sum', MINUTE),
        this.query('concurrency', 'ConcurrentExecutions', 'Maximum', MINUTE),
        watched(Lazy.string({ produce: () => this.capacityUse() }), 'Use of reserved concurrency (%), 100 when throttled'),
      ],
      ...atLeast(concurrency),
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }

  /** `MAX` of a list passes over a metric without data, which an operator would turn into no result at all. */
  private capacityUse(): string {
    const reserved = this.resolved(this.cfn.reservedConcurrentExecutions);
    // Without a reservation the quota of the account is the limit, and of 0 there is no share.
    const use = reserved === undefined || reserved === 0 ? '0 * concurrency' : `100 * concurrency / ${asText(reserved)}`;
    return `MAX([IF(throttles > 0, 100, 0), ${use}])`;
  }

  private addDuration(): void {
    const { duration = 80 } = this.limits;
    const applies = () => watcherOf(this.fn) === 'function' || (watcherOf(this.fn) === 'fleet' && !fleetOf(this.fn)?.coversDurationOf(this.fn));
    this.addAlways('Duration', applies, {
      alarmDescription: `Invocations of ${this.fn.node.path} took ${asText(duration)} % of its timeout (99th percentile within 5 minutes)`,
      metrics: [
        this.query('duration', 'Duration', 'p99', FIVE_MINUTES),
        watched(Lazy.string({ produce: () => `100 * duration / (1000 * ${asText(this.resolved(this.cfn.timeout) ?? LAMBDA_TIMEOUT)})` }), 'Use of the timeout (%)'),
      ],
      ...atLeast(duration),
    });
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html */
  private addInvocations(): void {
    const { invocationBand = 4 } = this.limits;
    this.add('Invocations', () => true, {
      alarmDescription: `${this.fn.node.path} has been invoked unusually often for 15 minutes, which its owner pays for`,
      metrics: [
        { ...this.query('invocations', 'Invocations', 'Sum', FIVE_MINUTES), returnData: true },
        { id: 'band', expression: `ANOMALY_DETECTION_BAND(invocations, ${asText(invocationBand)})`, label: 'Usual invocations', returnData: true },
      ],
      comparisonOperator: 'GreaterThanUpperThreshold',
      thresholdMetricId: 'band',
      evaluationPeriods: 3,
    });
  }

  private addLateEvents(): void {
    this.add('LateEvents', () => asynchronousTriggersOf(this.fn).length > 0, {
      alarmDescription: `Asynchronous events wait too long for ${this.fn.node.path}: it fails, is throttled or is too slow for them`,
      ...this.metric('AsyncEventAge', 'Maximum', FIVE_MINUTES),
      ...atLeast(this.eventAge),
    });
  }

  private addLostEvents(): void {
    this.add('LostEvents', () => asynchronousTriggersOf(this.fn).length > 0 || streamSourcesOf(this.fn).length > 0, {
      alarmDescription: `${this.fn.node.path} gave up events, or could not hand them to its failure destination, where they are lost`,
      metrics: [
        this.query('dropped', 'AsyncEventsDropped', 'Sum', FIVE_MINUTES),
        this.query('undelivered', 'DestinationDeliveryFailures', 'Sum', FIVE_MINUTES),
        this.query('deadLetterErrors', 'DeadLetterErrors', 'Sum', FIVE_MINUTES),
        watched('SUM([dropped, undelivered, deadLetterErrors])', 'Events given up'),
      ],
      ...atLeast(1),
    });
  }

  private addLateRecords(): void {
    this.add('LateRecords', () => streamSourcesOf(this.fn).length > 0, {
      alarmDescription: `Stream records wait too long for ${this.fn.node.path}; the stream drops them after its retention`,
      ...this.metric('IteratorAge', 'Maximum', FIVE_MINUTES),
      ...atLeast(this.eventAge),
    });
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
  private addRecursion(): void {
    this.add('Recursion', () => mayRecurse(this.fn, this.cfn), {
      alarmDescription: `${this.fn.node.path} invokes itself through a queue, a topic or a bucket, and Lambda stopped it`,
      ...this.metric('RecursiveInvocationsDropped', 'Sum', FIVE_MINUTES),
      ...atLeast(1),
    });
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html */
  private addSpillover(): void {
    this.add('Spillover', () => provisionedAliasesOf(this.cfn).length > 0, {
      alarmDescription: `Provisioned concurrency of ${this.fn.node.path} was used up in 3 of 5 minutes, so that invocations had cold starts`,
      metrics: Lazy.any({ produce: () => this.spilloverQueries() }),
      ...atLeast(1),
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }

  private spilloverQueries(): Query[] {
    const queries = provisionedAliasesOf(this.cfn).slice(0, METRICS_PER_ALARM).map((alias, index): Query => {
      const query = this.query(`alias${index}`, 'ProvisionedConcurrencySpilloverInvocations', 'Sum', MINUTE);
      const stat = query.metricStat as cloudwatch.CfnAlarm.MetricStatProperty;
      const dimensions = [...this.dimensions, { name: 'Resource', value: `${this.cfn.ref}:${alias.name}` }];
      return { ...query, metricStat: { ...stat, metric: { ...stat.metric, dimensions } } };
    });
    return [...queries, watched(`SUM([${queries.map(({ id }) => id).join(', ')}])`, 'Invocations beyond provisioned concurrency')];
  }

  private add(id: string, applies: () => boolean, props: Omit<cloudwatch.CfnAlarmProps, 'evaluationPeriods'> & { evaluationPeriods: number }): void {
    this.addAlways(id, () => watcherOf(this.fn) === 'function' && applies(), props);
  }

  private addAlways(id: string, applies: () => boolean, props: cloudwatch.CfnAlarmProps): void {
    new ConditionalAlarm(this, id, { ...props, ...this.actions }, applies);
  }

  private get eventAge(): number {
    return this.limits.eventAge?.toMilliseconds() ?? 600_000;
  }

  private get dimensions(): cloudwatch.CfnAlarm.DimensionProperty[] {
    return [{ name: 'FunctionName', value: this.cfn.ref }];
  }

  private metric(metricName: string, statistic: string, period: number): cloudwatch.CfnAlarmProps {
    return { namespace: 'AWS/Lambda', metricName, dimensions: this.dimensions, statistic, period };
  }

  private query(id: string, metricName: string, stat: string, period: number): Query {
    return {
      id,
      metricStat: { metric: { namespace: 'AWS/Lambda', metricName, dimensions: this.dimensions }, period, stat },
      returnData: false,
    };
  }

  /** The value itself where it has one at synth, also behind a `Lazy`. */
  private resolved(value: number | undefined): number | undefined {
    const resolved = this.fn.stack.resolve(value);
    return typeof resolved === 'number' || resolved === undefined ? resolved : value;
  }
}

function watched(expression: string, label: string): Query {
  return { id: 'watched', expression, label, returnData: true };
}

function atLeast(threshold: number): { comparisonOperator: string; threshold: number; evaluationPeriods: number } {
  return { comparisonOperator: 'GreaterThanOrEqualToThreshold', threshold, evaluationPeriods: 1 };
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
