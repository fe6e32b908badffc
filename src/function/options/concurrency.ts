import { Token } from 'aws-cdk-lib';
import { Faults } from '../faults';
import { checkReason } from '../weakened';

/**
 * Executions that are kept warm, out of those that are reserved.
 */
export interface ProvisionedConcurrencyOptions {
  /**
   * At most so many executions at once, taken out of what the account may run.
   *
   * Whole number from `provisioned` up to the quota of the account.
   */
  readonly reserved: number;

  /**
   * So many of them are kept initialized, at a price for each hour, for invocations of the alias.
   *
   * Whole number from 1 to `reserved`.
   */
  readonly provisioned: number;

  /**
   * Name of the alias to invoke; it points at the current version.
   *
   * @default 'live'
   */
  readonly alias?: string;
}

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
    return new Concurrency(executions, undefined, undefined);
  }

  /**
   * As many executions as the account has left: a flood of requests can starve all other functions and costs without bound.
   *
   * @param reason why this is acceptable, in words; it is recorded in the template and as an acknowledgement
   */
  public static unreserved(reason: string): Concurrency {
    return new Concurrency(undefined, reason, undefined);
  }

  /**
   * A reservation of which a part is kept initialized, so that callers of an alias see no cold start.
   *
   * Only invocations of the alias profit: take it from `LimitedConcurrency.aliasOf(fn)` and hand it to the triggers.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   */
  public static provisioned(options: ProvisionedConcurrencyOptions): Concurrency {
    return new Concurrency(options.reserved, undefined, { ...options });
  }

  private constructor(
    /** @internal */
    public readonly _reserved: number | undefined,
    /** @internal */
    public readonly _unreservedReason: string | undefined,
    /** @internal */
    public readonly _provisioned: ProvisionedConcurrencyOptions | undefined,
  ) {}

  /** @internal */
  public _check(faults: Faults): void {
    if (this._unreservedReason !== undefined) checkReason(faults, 'Concurrency.unreserved', this._unreservedReason);
    if (this._provisioned) checkProvisioned(faults, this._provisioned);
    else if (this._reserved !== undefined) checkReserved(faults, 'concurrency', this._reserved);
  }
}

/** A reservation as a part or the L2 takes it. */
export function checkReserved(faults: Faults, property: string, reserved: number): void {
  if (isWholeFrom(0, reserved)) return;
  faults.add(property, reserved, 'a whole number from 0', 'reserve what the function needs at peak, such as `Concurrency.reserved(10)`');
}

function checkProvisioned(faults: Faults, { reserved, provisioned, alias }: ProvisionedConcurrencyOptions): void {
  if (!isWholeFrom(1, reserved)) {
    faults.add('concurrency.reserved', reserved, 'a whole number from 1', 'reserve what the function needs at peak, at least what is provisioned');
  }
  if (!isWholeFrom(1, provisioned)) {
    faults.add('concurrency.provisioned', provisioned, 'a whole number from 1',
      'provision what the function needs at any time, or write `Concurrency.reserved(...)` to provision nothing');
  } else if (!Token.isUnresolved(provisioned) && !Token.isUnresolved(reserved) && provisioned > reserved) {
    faults.add('concurrency.provisioned', provisioned, `a whole number up to the ${reserved} that are reserved`, 'reserve more or provision less');
  }
  if (alias !== undefined && !Token.isUnresolved(alias) && !isAliasName(alias)) {
    faults.add('concurrency.alias', alias, '1 to 128 letters, digits, hyphens and underscores, not digits alone', 'choose another name, such as `live`');
  }
}

function isWholeFrom(least: number, value: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= least);
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
function isAliasName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(name) && !/^[0-9]+$/.test(name);
}
