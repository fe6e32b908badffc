import { Faults } from '../faults';
import { checkReason } from '../weakened';

/**
 * Where a function may open connections to.
 */
export class Egress {
  /** Nowhere: the function sits in a subnet without a way out, behind a security group without an outbound rule. */
  public static none(): Egress {
    return new Egress(undefined);
  }

  /**
   * Anywhere.
   *
   * @param reason why this is acceptable, in words; it is recorded in the template and as an acknowledgement
   */
  public static unrestricted(reason: string): Egress {
    return new Egress(reason);
  }

  private constructor(
    /** @internal */
    public readonly _unrestrictedReason: string | undefined,
  ) {}

  /** @internal */
  public _check(faults: Faults): void {
    if (this._unrestrictedReason !== undefined) checkReason(faults, 'Egress.unrestricted', this._unrestrictedReason);
  }
}
