import { Duration } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { checkBounds, checkStandard } from '../checks';
import { Faults } from '../faults';
import { checkReason } from '../weakened';

/**
 * Options for `Failures`: when an event counts as failed.
 */
export interface FailuresOptions {
  /**
   * How long an asynchronous event may wait before it counts as failed, from 60 s to 6 hours.
   *
   * @default - what `maxEventAge` says, else the value of `SecureDefaults`, else 1 hour: room for both retries, which Lambda
   * makes after 1 and 2 more minutes, and for a burst; one that waits longer shows an outage or a flood, and whoever looks
   * into that decides whether to run it hours late
   */
  readonly maxEventAge?: Duration;

  /**
   * How often an asynchronous event is tried again after an error, from 0 to 2.
   *
   * @default - what `retryAttempts` says, else the value of `SecureDefaults`, else 2
   */
  readonly retryAttempts?: number;

  /**
   * Whether queues and streams ask the function which records of a batch failed, so that only these are tried again.
   *
   * A handler that returns nothing, `null`, an object without `batchItemFailures` or with an empty list has processed the
   * whole batch, and one that throws has failed on all of it, so handlers that know nothing of this work as before. Set it to
   * `false` for a handler that returns anything but an object, such as a string or a list, since Lambda reads a response that
   * it does not understand as the failure of the whole batch, and for one whose queue should be polled less when it fails.
   *
   * @default true
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
   */
  readonly reportBatchItemFailures?: boolean;
}

/**
 * Where the events are kept that a function failed to process.
 */
export class Failures {
  /**
   * In one queue that all functions of the stack share: encrypted, reached by TLS only, kept for 14 days.
   */
  public static sharedQueue(options: FailuresOptions = {}): Failures {
    return new Failures(options, {});
  }

  /**
   * In a queue of yours, whose encryption and policy are yours, too. Lambda accepts no FIFO queue.
   */
  public static toQueue(queue: sqs.IQueue, options: FailuresOptions = {}): Failures {
    return new Failures(options, { queue });
  }

  /**
   * To a topic of yours, whose subscribers have to keep them. Lambda accepts no FIFO topic.
   */
  public static toTopic(topic: sns.ITopic, options: FailuresOptions = {}): Failures {
    return new Failures(options, { topic });
  }

  /**
   * Nowhere: an event that fails is gone.
   *
   * @param reason why this is acceptable, in words; it is recorded in the template and as an acknowledgement
   */
  public static discarded(reason: string, options: FailuresOptions = {}): Failures {
    return new Failures(options, { discardedReason: reason });
  }

  private constructor(
    /** @internal */
    public readonly _options: FailuresOptions,
    /** @internal */
    public readonly _destination: { readonly queue?: sqs.IQueue; readonly topic?: sns.ITopic; readonly discardedReason?: string },
  ) {}

  /**
   * What was chosen, in words, unless it is the shared queue.
   *
   * @internal
   */
  public get _named(): string | undefined {
    const { queue, topic, discardedReason } = this._destination;
    return queue?.node.path ?? topic?.node.path ?? (discardedReason !== undefined ? 'discarded' : undefined);
  }

  /** @internal */
  public _check(faults: Faults): void {
    const { queue, topic, discardedReason } = this._destination;
    checkStandard(faults, 'Failures.toQueue', queue);
    checkStandard(faults, 'Failures.toTopic', topic);
    if (discardedReason !== undefined) checkReason(faults, 'Failures.discarded', discardedReason);
    checkBounds(faults, 'failures.', this._options.maxEventAge, this._options.retryAttempts);
  }
}
