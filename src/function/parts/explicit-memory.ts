import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { FunctionPart } from './function-part';

/**
 * Properties for `ExplicitMemory`.
 */
export interface ExplicitMemoryProps {
  /**
   * Memory of the function in MiB, a whole number from 128 to 10,240; its share of CPU grows with it.
   *
   * @default - the memory that the function has already, else the one of `SecureDefaults`: 128, as Lambda does
   */
  readonly memorySize?: number;
}

/**
 * Writes down how much memory a function has, so that a review sees what bounds its cost, and a change of Lambda's
 * default changes nothing.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export class ExplicitMemory extends FunctionPart {
  constructor(private readonly props: ExplicitMemoryProps = {}) {
    super();
  }

  /** @internal */
  public _check(_scope: IConstruct, faults: Faults): void {
    const memory = this.props.memorySize;
    if (memory === undefined || Token.isUnresolved(memory)) return;
    if (!Number.isInteger(memory) || memory < 128 || memory > 10_240) {
      faults.add('memorySize', memory, 'whole MiB from 128 to 10240', 'set what the function needs, such as `memorySize: 256`');
    }
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    cfn.memorySize = this.props.memorySize ?? cfn.memorySize ?? SecureDefaults.of(fn).memorySize;
  }
}
