import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as signer from 'aws-cdk-lib/aws-signer';
import { Alarms } from './options/alarms';
import { Concurrency } from './options/concurrency';
import { Egress } from './options/egress';
import { Failures } from './options/failures';
import { Logging } from './options/logging';
import { Weakened } from './weakened';

/**
 * What a secure function takes beyond the props of the L2.
 */
export interface SecureFunctionOptions {
  /**
   * How many executions may run at once.
   *
   * @default - `reservedConcurrentExecutions` where that is set, else the value of `SecureDefaults`: 10 reserved
   */
  readonly concurrency?: Concurrency;

  /**
   * Where the function may open connections to.
   *
   * @default - the value of `SecureDefaults`: nowhere
   */
  readonly egress?: Egress;

  /**
   * Secrets that the function reads, by the name of the environment variable that holds the secret's ARN.
   *
   * @default - none
   */
  readonly secrets?: { [variable: string]: secretsmanager.ISecret };

  /**
   * Reasons why environment variables that look like credentials are none, by name of the variable.
   *
   * @default - what looks like a credential is an error
   */
  readonly notSecret?: { [variable: string]: string };

  /**
   * How the function logs.
   *
   * @default - the value of `SecureDefaults`: JSON at level INFO in an encrypted group of its own, kept for a year
   */
  readonly logging?: Logging;

  /**
   * Where failed asynchronous events are kept.
   *
   * @default - the value of `SecureDefaults`: in one encrypted queue for each stack
   */
  readonly failures?: Failures;

  /**
   * Which alarms watch the function.
   *
   * @default - the value of `SecureDefaults`: alarms of its own
   */
  readonly alarms?: Alarms;

  /**
   * Upper bound of what the function's role may ever do.
   *
   * @default - the value of `SecureDefaults`, else what the app sets by its own means
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Profiles whose signature the code must carry; code without one is refused at deployment.
   *
   * @default - the value of `SecureDefaults`: signatures are not checked
   */
  readonly signingProfiles?: signer.ISigningProfile[];

  /**
   * Reasons for each L2 prop that is weaker than the default of this library.
   *
   * @default - none; a weaker value without a reason is an error
   */
  readonly weakened?: Weakened[];
}
