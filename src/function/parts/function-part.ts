import { Mixin } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { Faults } from '../faults';
import { refuseUnsupportedKinds } from '../function-kinds';
import { cfnFunctionOf, isSecurable } from './securable-function';

/**
 * One concern of a secure function: a mixin for any `lambda.Function`, with its checks apart from its changes, so
 * that a function made of many parts reports the faults of all of them before the first one changes anything.
 *
 * @internal
 */
export abstract class FunctionPart extends Mixin {
  public supports(construct: IConstruct): boolean {
    return isSecurable(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!isSecurable(construct)) return;
    const faults = new Faults(construct.node.path);
    this._check(construct, faults);
    this._checkExisting(construct, faults);
    faults.throwIfAny();
    this._harden(construct, cfnFunctionOf(construct));
    refuseUnsupportedKinds(construct);
  }

  /**
   * Adds what the caller asked for and may not have.
   *
   * @internal
   */
  public abstract _check(scope: IConstruct, faults: Faults): void;

  /**
   * Adds what shows only in a function that was made without a thought of this part.
   *
   * @internal
   */
  public _checkExisting(_fn: lambda.Function, _faults: Faults): void {}

  /**
   * Changes the function; keeps what the caller set, applied twice is the same as applied once.
   *
   * @internal
   */
  public abstract _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void;
}
