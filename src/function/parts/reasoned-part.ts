import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';
import { checkReason, Weakened, WeakenedConcern } from '../weakened';

/** A value that is weaker than the default of this library, in the words of an error. */
export interface Weakness {
  readonly property: string;
  readonly given: string;
  readonly allowed: string;
  /** What to write instead. */
  readonly change: string;
}

/**
 * A part with one prop of the L2 that may be weaker than the default, provided that `weakened` says why.
 *
 * @internal
 */
export abstract class ReasonedPart extends FunctionPart {
  constructor(private readonly concern: WeakenedConcern, private readonly weakened: readonly Weakened[] | undefined) {
    super();
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    const reason = this._reason(scope);
    if (reason !== undefined) return checkReason(faults, `Weakened.${this.concern}`, reason);
    const weakness = this._weaknessAt(scope);
    if (!weakness) return;
    const { property, given, allowed, change } = weakness;
    faults.add(property, given, allowed, `${change}, or add \`Weakened.${this.concern}('why')\` to \`weakened\``);
  }

  /**
   * Why the value may be weaker: what the part was given, else what holds for the scope.
   *
   * @internal
   */
  protected _reason(scope: IConstruct): string | undefined {
    return Weakened._reason(this.weakened, this.concern) ?? Weakened._reason(SecureDefaults.of(scope).weakened, this.concern);
  }

  /**
   * What the caller asked for, or the function has already, if that is weaker than the default.
   *
   * @internal
   */
  protected abstract _weaknessAt(scope: IConstruct): Weakness | undefined;
}
