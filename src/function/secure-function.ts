import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { harden, l2Props } from './hardening';
import { SecureFunctionOptions } from './secure-function-options';

/**
 * Properties for `SecureFunction`: those of `lambda.Function` and ours.
 */
export interface SecureFunctionProps extends lambda.FunctionProps, SecureFunctionOptions {}

/**
 * A Lambda function that is secure the moment it is written; a drop-in for `lambda.Function`.
 *
 * Props that are no weaker than the defaults are taken as they are; weaker ones need a reason in words.
 */
export class SecureFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: SecureFunctionProps) {
    super(scope, id, l2Props(scope, id, props));
    harden(this, props);
  }
}
