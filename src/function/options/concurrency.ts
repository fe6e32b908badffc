import { Faults } from '../faults';
import { checkReason } from '../weakened';

/**
 * How many executions of a function may run at once.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export class Concurrency {
  /**
   * At most `executions` at once, taken out of what the account may run; further requests are throttled.
   *
   * @param executions whole number from 0, which stops the function, up to the quota of the account
   */
  public static reserved(executions: number): Concurrency {
    return new Concurrency(executions, undefined);
  }

  /**
   * As many executions as the account has left: a flood of requests can starve all other functions and costs without bound.
   *
   * @param reason why this is acceptable, in words; it is recorded in the template and as an acknowledgement
   */
  public static unreserved(reason: string): Concurrency {
    return new Concurrency(undefined, reason);
  }

  private constructor(
    /** @internal */
    public readonly _reserved: number | undefined,
    /** @internal */
    public readonly _unreservedReason: string | undefined,
  ) {}

  /** @internal */
  public _check(faults: Faults): void {
    if (this._unreservedReason !== undefined) checkReason(faults, 'Concurrency.unreserved', this._unreservedReason);
  }
}
