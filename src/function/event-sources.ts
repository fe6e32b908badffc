import { Annotations, Aspects, AspectPriority, CfnResource, IAspect, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { acknowledge } from './acknowledgement';
import { constructsIn, textWithPaths } from './references';
import { functionsBehind } from './triggers';

/** What the event sources of a function do about records that it fails to process. */
export interface FailureHandling {
  /** ARN of the queue or topic that the role of the function may send to. */
  readonly destination?: string;
  readonly reportBatchItemFailures: boolean;
  readonly retryAttempts: number;
  readonly maxEventAgeInSeconds: number;
}

const HANDLING = new WeakMap<CfnResource, FailureHandling>();
/** By function, which of its versions and aliases the caller configured, by name or construct path. */
const CONFIGURED = new WeakMap<CfnResource, Set<string>>();
const DEFAULTS = new WeakSet<CfnResource>();
const WATCHED = new WeakSet<IConstruct>();

/**
 * Lets all event sources of `fn`, those added later and elsewhere too, handle failures as `handling` says.
 *
 * One Aspect for the whole app or stage rather than one for each function: it fills properties of the L1s that the
 * caller left unset, and never adds a construct.
 */
export function handleFailuresOf(fn: lambda.Function, handling: FailureHandling): void {
  HANDLING.set(fn.node.defaultChild as CfnResource, handling);
  const watched = Stage.of(fn) ?? fn.node.root;
  if (WATCHED.has(watched)) return;
  WATCHED.add(watched);
  Aspects.of(watched).add(new FailureHandler(), { priority: AspectPriority.MUTATING });
}

export function failureHandlingOf(fn: lambda.Function): FailureHandling | undefined {
  return HANDLING.get(fn.node.defaultChild as CfnResource);
}

/** Whether the caller configured asynchronous invocation of the function itself, or of one of its aliases. */
export function isConfiguredByCaller(fn: lambda.Function, alias?: lambda.Alias): boolean {
  const configured = CONFIGURED.get(fn.node.defaultChild as CfnResource);
  if (!configured) return false;
  return alias ? configured.has(alias.aliasName) || configured.has(alias.node.defaultChild!.node.path) : configured.has(LATEST);
}

/** The function itself, as opposed to its versions and aliases. */
const LATEST = '$LATEST';

/**
 * For asynchronous events, by default: it is rendered only if the function has a trigger that sends such events, or if
 * asked for, and never beside a configuration of the caller, of which Lambda accepts one.
 */
export class DefaultEventInvokeConfig extends lambda.CfnEventInvokeConfig {
  constructor(fn: lambda.Function, id: string, private readonly applies: () => boolean, alias?: lambda.Alias) {
    // By reference, so that the alias is made first.
    const qualifier = alias ? lambda.extractQualifierFromArn((alias.node.defaultChild as lambda.CfnAlias).ref) : LATEST;
    super(alias ?? fn, id, { functionName: fn.functionName, qualifier });
    DEFAULTS.add(this);
    bound(this, failureHandlingOf(fn)!, fn.node.defaultChild as CfnResource);
  }

  protected shouldSynthesize(): boolean {
    return this.applies();
  }
}

class FailureHandler implements IAspect {
  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    if (node.cfnResourceType === 'AWS::Lambda::EventSourceMapping') {
      const mapping = node as lambda.CfnEventSourceMapping;
      this.forEachFunction(mapping, handling => handle(mapping, handling));
    }
    if (node.cfnResourceType === 'AWS::Lambda::EventInvokeConfig') {
      const config = node as lambda.CfnEventInvokeConfig;
      if (!DEFAULTS.has(config)) this.forEachFunction(config, (handling, fn) => bound(config, handling, fn));
    }
  }

  private forEachFunction(
    resource: lambda.CfnEventSourceMapping | lambda.CfnEventInvokeConfig,
    act: (handling: FailureHandling, fn: CfnResource) => void,
  ): void {
    for (const fn of functionsBehind(resource.functionName, resource)) {
      const handling = HANDLING.get(fn);
      if (handling) act(handling, fn);
    }
  }
}

function bound(config: lambda.CfnEventInvokeConfig, handling: FailureHandling, fn: CfnResource): void {
  if (!DEFAULTS.has(config)) {
    const qualifiers = [config.qualifier, ...[...constructsIn(config.qualifier, config)].map(({ node }) => node.path)];
    CONFIGURED.set(fn, new Set([...CONFIGURED.get(fn) ?? [], ...qualifiers]));
  }
  config.maximumRetryAttempts ??= handling.retryAttempts;
  config.maximumEventAgeInSeconds ??= handling.maxEventAgeInSeconds;
  const { deadLetterConfig } = fn as lambda.CfnFunction;
  if (deadLetterConfig && !config.destinationConfig) {
    acknowledge(config, 'the dead-letter queue of the function keeps failed events', ['Serverless-LambdaAsyncFailureDestination']);
  }
}

type Kind = 'dynamodb' | 'kafka' | 'kinesis' | 'sqs';

const KINDS: Record<string, Kind> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Kinesis::Stream': 'kinesis',
  'AWS::Kinesis::StreamConsumer': 'kinesis',
  'AWS::MSK::Cluster': 'kafka',
  'AWS::MSK::ServerlessCluster': 'kafka',
  'AWS::SQS::Queue': 'sqs',
};

const SERVICES: readonly string[] = Object.values(KINDS);

/**
 * What reads a batch again until it succeeds: after an error in one record, the records behind it wait.
 *
 * Lambda takes 10 itself where Kafka has a destination and no bound.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
 */
const STREAM_RETRY_ATTEMPTS = 10;

/**
 * As long as the stream can hold a record, up to the 7 days that Lambda allows. Less would skip, on the first read, the
 * history that a function with `StartingPosition.TRIM_HORIZON` is meant to process.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
 */
const MAXIMUM_RECORD_AGE = { dynamodb: 86_400, kinesis: 604_800 };

/**
 * Sources of which nothing is known (an ARN from a parameter), and those that take none of these settings (Amazon MQ,
 * DocumentDB), are left alone.
 */
function handle(mapping: lambda.CfnEventSourceMapping, handling: FailureHandling): void {
  const kind = kindOf(mapping);
  if (kind === 'dynamodb' || kind === 'kinesis') handleStream(mapping, kind, handling);
  if (kind === 'sqs') warnOfMissingRedrive(mapping);
  if (kind === 'kafka') warnOfMissingDestination(mapping);
  if (kind && kind !== 'kafka' && handling.reportBatchItemFailures) mapping.functionResponseTypes ??= ['ReportBatchItemFailures'];
}

function kindOf(mapping: lambda.CfnEventSourceMapping): Kind | undefined {
  if (mapping.selfManagedEventSource) return 'kafka';
  const [source] = constructsIn(mapping.eventSourceArn, mapping);
  if (source) return CfnResource.isCfnResource(source) ? KINDS[source.cfnResourceType] : undefined;
  const service = textWithPaths(mapping.eventSourceArn, mapping).split(':')[2];
  return SERVICES.includes(service) ? service as Kind : undefined;
}

/** Without a place for them, records are tried until they expire rather than dropped. */
function handleStream(mapping: lambda.CfnEventSourceMapping, kind: 'dynamodb' | 'kinesis', handling: FailureHandling): void {
  mapping.bisectBatchOnFunctionError ??= true;
  if (handling.destination) mapping.destinationConfig ??= { onFailure: { destination: handling.destination } };
  if (!mapping.destinationConfig) return;
  mapping.maximumRetryAttempts ??= STREAM_RETRY_ATTEMPTS;
  mapping.maximumRecordAgeInSeconds ??= MAXIMUM_RECORD_AGE[kind];
}

/**
 * An event source mapping of a queue has no destination: the queue itself sets failed messages aside.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-queueconfig
 */
function warnOfMissingRedrive(mapping: lambda.CfnEventSourceMapping): void {
  const lossy = [...constructsIn(mapping.eventSourceArn, mapping)].filter(source => !(source as sqs.CfnQueue).redrivePolicy);
  for (const queue of lossy) {
    Annotations.of(mapping).addWarningV2('cdk-secure-serverless:queue-without-redrive', 'messages that the function keeps failing on are tried '
      + `until they expire, and are lost then (expected a redrive policy on ${queue.node.path}): give the queue a \`deadLetterQueue\``);
  }
  if (lossy.length > 0) return;
  acknowledge(mapping, 'Lambda takes no destination for a queue: the redrive policy of the queue sets failed messages aside',
    ['Serverless-LambdaEventSourceMappingDestination']);
}

/**
 * Kafka has destinations, but Lambda reaches them from the network of the cluster, which needs a VPC endpoint for that.
 * None is set unasked: without the endpoint records would be dropped after 10 attempts instead of being tried again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
function warnOfMissingDestination(mapping: lambda.CfnEventSourceMapping): void {
  if (mapping.destinationConfig) return;
  Annotations.of(mapping).addWarningV2('cdk-secure-serverless:kafka-without-destination', 'one record that the function can\'t process stops its '
    + 'partition until it expires, and is lost then (expected a destination): set `onFailure` of the event source, and put a VPC endpoint for '
    + 'the destination\'s service into the VPC of the cluster');
}
