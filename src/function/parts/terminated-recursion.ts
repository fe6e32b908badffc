import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ReasonedPart, Weakness } from './reasoned-part';
import { recordWeakening, Weakened } from '../weakened';
import { cfnFunctionOf, isSecurable } from './securable-function';

const RULES = ['cdk-secure-serverless::lambda/recursive-loop-terminated'];

/**
 * Properties for `TerminatedRecursion`.
 */
export interface TerminatedRecursionProps {
  /**
   * What Lambda does with a function that keeps invoking itself. `ALLOW` needs `Weakened.recursion(reason)` in `weakened`.
   *
   * @default - what the function has already, else `TERMINATE`
   */
  readonly recursiveLoop?: lambda.RecursiveLoop;

  /**
   * Reasons for what is weaker than the default. `Weakened.recursion` accepts a loop.
   *
   * @default - the reasons of `SecureDefaults`
   */
  readonly weakened?: Weakened[];
}

/**
 * Lets Lambda stop a function that invokes itself through a queue, a topic or a bucket, before the bill shows it. That is
 * Lambda's own default too; written into the template, a change made by hand is seen as drift.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export class TerminatedRecursion extends ReasonedPart {
  constructor(private readonly props: TerminatedRecursionProps = {}) {
    super('recursion', props.weakened);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    cfn.recursiveLoop = this.props.recursiveLoop ?? cfn.recursiveLoop ?? lambda.RecursiveLoop.TERMINATE;
    const reason = this._reason(fn);
    if (cfn.recursiveLoop === lambda.RecursiveLoop.ALLOW && reason !== undefined) recordWeakening(fn, 'recursion', reason, RULES);
  }

  /** @internal */
  protected _weaknessAt(scope: IConstruct): Weakness | undefined {
    const given = this.props.recursiveLoop ?? (isSecurable(scope) ? cfnFunctionOf(scope).recursiveLoop : undefined);
    if (given === undefined || Token.isUnresolved(given) || given === lambda.RecursiveLoop.TERMINATE) return undefined;
    return { property: 'recursiveLoop', given, allowed: lambda.RecursiveLoop.TERMINATE, change: 'leave it out' };
  }
}
