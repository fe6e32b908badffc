import { CfnResource, Duration, Lazy, Names, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct, RootConstruct } from 'constructs';
import { acknowledge } from '../acknowledgement';
import { checkBounds, checkOnce, checkStandard } from '../checks';
import { SecureDefaults } from '../defaults';
import { DefaultEventInvokeConfig, failureHandlingOf, handleFailuresOf, isConfiguredByCaller } from '../event-sources';
import { addToExecutionPolicy } from './execution-policy';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';
import { LEFT_TO_KEPT_FAILURES } from './left-to-parts';
import { LimitedConcurrency } from './limited-concurrency';
import { onceComplete } from '../once-complete';
import { Failures } from '../options/failures';
import { constructsIn, readFrom } from '../references';
import { failureQueueFor } from '../shared/failure-queue';
import { asynchronousTriggersOf, invokes } from '../triggers';
import { recordWeakening } from '../weakened';

/**
 * Properties for `KeptFailures`.
 */
export interface KeptFailuresProps {
  /**
   * Where failed events are kept, and when an event counts as failed.
   *
   * @default - where the function sends them already, else the value of `SecureDefaults`: in one encrypted queue for each stack
   */
  readonly failures?: Failures;
}

type FailuresOfL2 = Pick<lambda.FunctionOptions, typeof LEFT_TO_KEPT_FAILURES[number] | 'maxEventAge' | 'onFailure' | 'retryAttempts'>;

/** Where the function sends failed events. */
interface Destination {
  readonly queue?: sqs.IQueue;
  readonly topic?: sns.ITopic;
  readonly discardedReason?: string;
}

const MAX_EVENT_AGE = Duration.hours(1);
const RETRY_ATTEMPTS = 2;
const DEFAULT_CONFIG_ID = 'DefaultEventInvokeConfig';
const L2_CONFIG_ID = 'EventInvokeConfig';

/** Rules of cdk-nag that look for a dead-letter queue only. */
const DEAD_LETTER_RULES = ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'];

/**
 * Keeps what a function failed to process, and bounds how often and how long that is tried.
 *
 * Failed asynchronous events go to a queue, which is the function's `DeadLetterConfig`: it costs no resource, holds for each
 * version and alias, and keeps the event itself. A destination that the caller gives by `onFailure` takes its place.
 * Retries and age are bounded where events arrive asynchronously: on the function, and on the alias with provisioned executions.
 * Event sources, those added later too, split a batch that fails, ask which of its records did, and send records of Kinesis and
 * DynamoDB streams that fail 10 times to the same queue. What the caller set on an event source stays.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class KeptFailures extends FunctionPart {
  private readonly l2: FailuresOfL2;

  constructor(private readonly props: KeptFailuresProps = {}) {
    super();
    this.l2 = props as FailuresOfL2;
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    const { deadLetterQueue, deadLetterTopic, maxEventAge, retryAttempts } = this.l2;
    (this.props.failures ?? SecureDefaults.of(scope).failures)._check(faults);
    checkStandard(faults, 'deadLetterQueue', deadLetterQueue);
    checkStandard(faults, 'deadLetterTopic', deadLetterTopic);
    checkBounds(faults, '', maxEventAge, retryAttempts);
    checkOnce(faults, { 'maxEventAge': maxEventAge?.toString(), 'failures.maxEventAge': this.props.failures?._options.maxEventAge?.toString() });
    checkOnce(faults, { retryAttempts, 'failures.retryAttempts': this.props.failures?._options.retryAttempts });
    this.checkDestinations(scope, faults);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    if (failureHandlingOf(fn) && !this.props.failures) return;
    const failures = this.props.failures ?? SecureDefaults.of(fn).failures;
    const elsewhere = onFailureOf(fn);
    const chosen = this.chosen(fn, cfn, elsewhere);
    const kept = chosen ?? (elsewhere ? {} : destinationOf(fn, failures));
    this.sendTo(fn, cfn, kept);
    if (elsewhere && !chosen) acceptOtherDestination(fn);
    const { maxEventAge = MAX_EVENT_AGE, retryAttempts = RETRY_ATTEMPTS, reportBatchItemFailures = true } = optionsOf(fn, failures);
    handleFailuresOf(fn, {
      destination: deadLetterArn(cfn) ?? takingRecords(fn, elsewhere),
      maxEventAgeInSeconds: maxEventAge.toSeconds(),
      reportBatchItemFailures,
      retryAttempts,
    });
    const { maxEventAge: age, retryAttempts: attempts } = this.props.failures?._options ?? {};
    if (age || attempts !== undefined) ASKED.add(fn);
    onceComplete(fn, DEFAULT_CONFIG_ID, getsEvents => {
      boundAsynchronousEvents(fn, getsEvents);
      boundEventsOfAlias(fn, getsEvents);
    });
  }

  private checkDestinations(scope: IConstruct, faults: Faults): void {
    const { deadLetterQueue, deadLetterQueueEnabled: enabled, deadLetterTopic, onFailure } = this.l2;
    const named = this.props.failures?._named;
    checkOnce(faults, { failures: named, deadLetterQueue: deadLetterQueue?.node.path, deadLetterTopic: deadLetterTopic?.node.path });
    checkOnce(faults, { failures: named, onFailure: onFailure && 'a destination' });
    checkOnce(faults, { failures: named, deadLetterQueueEnabled: enabled || undefined });
    checkOnce(faults, { deadLetterTopic: deadLetterTopic?.node.path, deadLetterQueueEnabled: enabled });
    const discarded = (this.props.failures ?? SecureDefaults.of(scope).failures)._destination.discardedReason !== undefined;
    if (enabled === false && (deadLetterQueue || !discarded)) {
      faults.add('deadLetterQueueEnabled', false, 'true', 'leave it out, or write `failures: Failures.discarded(\'...\')` with a reason');
    }
  }

  /** What the caller named, of this part or of the L2, or the function has already. */
  private chosen(fn: lambda.Function, cfn: lambda.CfnFunction, elsewhere: string | undefined): Destination | undefined {
    const { deadLetterQueue, deadLetterQueueEnabled, deadLetterTopic } = this.l2;
    const { failures } = this.props;
    if (failures && (failures._named || !elsewhere)) return destinationOf(fn, failures);
    if (deadLetterQueue) return { queue: deadLetterQueue };
    if (deadLetterTopic) return { topic: deadLetterTopic };
    if (deadLetterQueueEnabled) return { queue: failureQueueFor(fn) };
    if (cfn.deadLetterConfig) return { queue: fn.deadLetterQueue, topic: fn.deadLetterTopic };
    return undefined;
  }

  private sendTo(fn: lambda.Function, cfn: lambda.CfnFunction, { queue, topic, discardedReason }: Destination): void {
    if (discardedReason !== undefined) {
      cfn.deadLetterConfig = undefined;
      recordWeakening(fn, 'failures', discardedReason, ['cdk-secure-serverless::lambda/failures-kept', ...DEAD_LETTER_RULES]);
    }
    const arn = queue?.queueArn ?? topic?.topicArn;
    if (!arn) return;
    const target = readFrom(fn, arn);
    if (queue && queue === fn.node.tryFindChild('DeadLetterQueue')) secureQueueOfL2(queue as sqs.Queue);
    if ([arn, target].includes(deadLetterArn(cfn)!)) return;
    cfn.deadLetterConfig = { targetArn: target };
    (fn as DeadLetters).deadLetterQueue = queue;
    (fn as DeadLetters).deadLetterTopic = topic;
    addToExecutionPolicy(fn, { Sid: 'KeepFailures', Effect: 'Allow', Action: queue ? 'sqs:SendMessage' : 'sns:Publish', Resource: target });
    allowEncryption(fn, queue?.encryptionMasterKey ?? topic?.masterKey);
  }

}

/**
 * Only where it applies, so the function costs no resource for events that it never gets. An alias has a configuration of
 * its own: Lambda's defaults for it are 2 retries and 6 hours.
 */
function boundAsynchronousEvents(fn: lambda.Function, getsEvents: boolean): void {
  if (!(getsEvents || ASKED.has(fn)) || fn.node.tryFindChild(DEFAULT_CONFIG_ID) || fn.node.tryFindChild(L2_CONFIG_ID)) return;
  const applies = () => !isConfiguredByCaller(fn) && (ASKED.has(fn) || asynchronousTriggersOf(fn).length > 0);
  new DefaultEventInvokeConfig(fn, DEFAULT_CONFIG_ID, applies)
    .overrideLogicalId(Lazy.string({ produce: () => logicalIdOfL2(fn) }));
}

/** The same for the alias that has the provisioned executions, where events go to it. Other aliases are their makers' to configure. */
function boundEventsOfAlias(fn: lambda.Function, getsEvents: boolean): void {
  const alias = LimitedConcurrency.aliasOf(fn);
  if (!alias || !(getsEvents || ASKED.has(fn)) || [DEFAULT_CONFIG_ID, L2_CONFIG_ID].some(id => alias.node.tryFindChild(id))) return;
  const applies = () => !isConfiguredByCaller(fn, alias)
    && (ASKED.has(fn) || asynchronousTriggersOf(fn).some(trigger => invokes(trigger, alias.node.defaultChild!)));
  new DefaultEventInvokeConfig(fn, DEFAULT_CONFIG_ID, applies, alias).overrideLogicalId(Lazy.string({ produce: () => logicalIdOfL2(alias) }));
}

/** Functions whose caller asked for other bounds than the default ones. */
const ASKED = new WeakSet<lambda.Function>();

/** Public on the L2, for whoever wants to watch or read them, and only set by its constructor. */
type DeadLetters = { -readonly [property in 'deadLetterQueue' | 'deadLetterTopic']: lambda.Function[property] };

function destinationOf(fn: lambda.Function, failures: Failures): Destination {
  const { queue, topic, discardedReason } = failures._destination;
  return queue || topic || discardedReason !== undefined ? failures._destination : { queue: failureQueueFor(fn) };
}

/** The options of the function's own `failures` first, then those of its scope. */
function optionsOf(fn: lambda.Function, failures: Failures): Failures['_options'] {
  return { ...SecureDefaults.of(fn).failures._options, ...failures._options };
}

/** ARN of the destination that the caller gave by `onFailure`. */
function onFailureOf(fn: lambda.Function): string | undefined {
  const config = fn.node.tryFindChild(L2_CONFIG_ID)?.node.defaultChild as lambda.CfnEventInvokeConfig | undefined;
  const destination = config?.destinationConfig as lambda.CfnEventInvokeConfig.DestinationConfigProperty | undefined;
  return (destination?.onFailure as lambda.CfnEventInvokeConfig.OnFailureProperty | undefined)?.destination;
}

/**
 * Streams send records to fewer kinds of destination than asynchronous invocation sends events.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-eventsourcemapping-onfailure.html
 */
function takingRecords(fn: lambda.Function, arn: string | undefined): string | undefined {
  const types = [...constructsIn(arn, fn)].map(target => CfnResource.isCfnResource(target) ? target.cfnResourceType : '');
  return types.some(type => ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue'].includes(type)) ? arn : undefined;
}

function deadLetterArn({ deadLetterConfig }: lambda.CfnFunction): string | undefined {
  return Token.isUnresolved(deadLetterConfig) ? undefined : (deadLetterConfig as lambda.CfnFunction.DeadLetterConfigProperty | undefined)?.targetArn;
}

function acceptOtherDestination(fn: lambda.Function): void {
  const reason = 'failed events go to the destination given by `onFailure`';
  acknowledge(fn, reason, DEAD_LETTER_RULES);
}

/** Messages may be in it already, so the queue that the L2 made is brought up to ours instead of replaced. */
function secureQueueOfL2(queue: sqs.Queue): void {
  const cfnQueue = queue.node.defaultChild as sqs.CfnQueue;
  if (!cfnQueue.kmsMasterKeyId) cfnQueue.sqsManagedSseEnabled = true;
  queue.addToResourcePolicy(new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['sqs:*'],
    resources: [queue.queueArn],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  }));
}

/** To send to what is encrypted with a customer key takes rights on the key, which its policy may have to allow. */
function allowEncryption(fn: lambda.Function, key: kms.IKey | undefined): void {
  key?.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey*');
}

/**
 * The logical id that a configuration by the L2 would have. With one of its own, a caller who configures the function in a
 * later deployment would have CloudFormation make a second configuration before it deletes the first, and Lambda takes one.
 *
 * It follows from the path, which is built apart from the app, since nothing can be added to that at synth.
 */
function logicalIdOfL2(owner: lambda.Function | lambda.Alias): string {
  const path = owner.node.scopes.slice(owner.node.scopes.indexOf(owner.stack) + 1).map(({ node }) => node.id);
  const end = [...path, L2_CONFIG_ID, 'Resource'].reduce((scope, id) => new Construct(scope, id), new RootConstruct());
  return Names.nodeUniqueId(end.node);
}
