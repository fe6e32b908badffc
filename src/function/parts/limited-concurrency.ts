import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { Concurrency } from '../options/concurrency';
import { recordWeakening } from '../weakened';
import { FunctionPart } from './function-part';

/**
 * Properties for `LimitedConcurrency`.
 */
export interface LimitedConcurrencyProps {
  /**
   * How many executions may run at once.
   *
   * @default - the reservation that the function has already, else the one of `SecureDefaults`
   */
  readonly concurrency?: Concurrency;
}

/**
 * Bounds how many executions of a function run at once, against denial of service and of wallet.
 */
export class LimitedConcurrency extends FunctionPart {
  constructor(private readonly props: LimitedConcurrencyProps = {}) {
    super();
  }

  /** @internal */
  public _check(_scope: IConstruct, faults: Faults): void {
    this.props.concurrency?._check(faults);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const concurrency = this.props.concurrency ?? SecureDefaults.of(fn).concurrency;
    if (concurrency._unreservedReason !== undefined) {
      recordWeakening(fn, 'concurrency', concurrency._unreservedReason, ['cdk-secure-serverless::lambda/concurrency-limited']);
      return;
    }
    cfn.reservedConcurrentExecutions = concurrency._reserved;
  }
}
