import { Duration } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { checkAge, checkCount, checkPercentage, checkPositive } from '../alarms/limits';
import { Faults } from '../faults';
import { checkReason } from '../weakened';

/**
 * When the alarms of a function go off, and whom they tell.
 */
export interface PerFunctionAlarmsProps {
  /**
   * Share of invocations that fail within 5 minutes, in percent above 0 and up to 100.
   *
   * @default 5
   */
  readonly errorRate?: number;

  /**
   * How many invocations must fail within 5 minutes before the error rate counts, so that one failing call of one is
   * not a rate of 100 %; a whole number from 1.
   *
   * @default 2
   */
  readonly minimumErrors?: number;

  /**
   * How long invocations may take (99th percentile within 5 minutes), in percent of the timeout, above 0 and up to 100.
   *
   * @default 80
   */
  readonly duration?: number;

  /**
   * How many executions may run at once in three of five minutes, in percent of the reservation, above 0 and up to 100.
   *
   * @default 80
   */
  readonly concurrency?: number;

  /**
   * How much busier than learned from the two weeks before a function may be for 15 minutes, in standard deviations,
   * above 0. A flood of requests is paid for by their receiver.
   *
   * @default 4
   */
  readonly invocationBand?: number;

  /**
   * How long events and stream records may wait for the function, at least a second. Applies to functions with
   * asynchronous triggers and to readers of streams.
   *
   * @default Duration.minutes(10)
   */
  readonly eventAge?: Duration;

  /**
   * Topic that the alarms publish to. It must let `cloudwatch.amazonaws.com` publish, and so must the policy of its key.
   *
   * @default - an encrypted topic that all functions of the stack share
   */
  readonly topic?: sns.ITopic;

  /**
   * Whether the topic also hears of the end of an alarm, as tools that open and close incidents need it.
   *
   * @default false - only of its begin: an idle function ends each alarm, whether or not something was repaired
   */
  readonly notifyRecovery?: boolean;
}

/**
 * Which alarms watch a function.
 */
export class Alarms {
  /**
   * Alarms of its own for each function: `Errors`, `Capacity` (throttling, use of reserved and provisioned concurrency),
   * `Duration`, `Invocations` (unusual volume); and with triggers that hand over events `Events` (late and lost events and
   * stream records, stopped recursion).
   *
   * Given to a function, they stay where its stack has `FleetAlarms`; given to `SecureDefaults`, they give way to those.
   */
  public static perFunction(props: PerFunctionAlarmsProps = {}): Alarms {
    return new Alarms('function', props, undefined);
  }

  /** The `FleetAlarms` of the function's stack watch it; a stack without them is an error at synth. */
  public static fleet(): Alarms {
    return new Alarms('fleet', {}, undefined);
  }

  /**
   * Nobody is told when the function fails.
   *
   * @param reason why this is acceptable, in words; it is recorded in the template and as an acknowledgement
   */
  public static none(reason: string): Alarms {
    return new Alarms('none', {}, reason);
  }

  private constructor(
    /** @internal */
    public readonly _watcher: 'function' | 'fleet' | 'none',
    /** @internal */
    public readonly _props: PerFunctionAlarmsProps,
    /** @internal */
    public readonly _noneReason: string | undefined,
  ) {}

  /** @internal */
  public _check(faults: Faults): void {
    if (this._noneReason !== undefined) checkReason(faults, 'Alarms.none', this._noneReason);
    const { errorRate, minimumErrors, duration, concurrency, invocationBand, eventAge } = this._props;
    checkPercentage(faults, 'errorRate', errorRate);
    checkCount(faults, 'minimumErrors', minimumErrors);
    checkPercentage(faults, 'duration', duration);
    checkPercentage(faults, 'concurrency', concurrency);
    checkPositive(faults, 'invocationBand', invocationBand);
    checkAge(faults, 'eventAge', eventAge);
  }
}
