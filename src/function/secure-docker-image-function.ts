import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { harden, l2Props } from './hardening';
import { SecureFunctionOptions } from './secure-function-options';

/**
 * Properties for `SecureDockerImageFunction`: those of `lambda.DockerImageFunction` and ours.
 */
export interface SecureDockerImageFunctionProps extends lambda.DockerImageFunctionProps, SecureFunctionOptions {}

/**
 * A Lambda function made of a container image that is secure the moment it is written; a drop-in for
 * `lambda.DockerImageFunction`.
 */
export class SecureDockerImageFunction extends lambda.DockerImageFunction {
  constructor(scope: Construct, id: string, props: SecureDockerImageFunctionProps) {
    super(scope, id, l2Props(scope, id, props));
    harden(this, props);
  }
}
