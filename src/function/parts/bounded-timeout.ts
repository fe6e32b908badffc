import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';

/**
 * Properties for `BoundedTimeout`.
 */
export interface BoundedTimeoutProps {
  /**
   * How long the function may run, from 1 s to 900 s.
   *
   * @default - the timeout that the function has already, else the one of `SecureDefaults`
   */
  readonly timeout?: Duration;
}

/**
 * Gives a function a timeout that is written down and no longer than what its triggers wait for.
 */
export class BoundedTimeout extends FunctionPart {
  constructor(private readonly props: BoundedTimeoutProps = {}) {
    super();
  }

  /** @internal */
  public _check(_scope: IConstruct, faults: Faults): void {
    const timeout = this.props.timeout;
    if (!timeout || timeout.isUnresolved()) return;
    const seconds = timeout.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 900) {
      faults.add('timeout', timeout.toHumanString(), 'whole seconds from 1 s to 900 s', 'set what the function needs, such as `Duration.seconds(10)`');
    }
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    cfn.timeout = this.props.timeout?.toSeconds() ?? cfn.timeout ?? SecureDefaults.of(fn).timeout.toSeconds();
  }
}
