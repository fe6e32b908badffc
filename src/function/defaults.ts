import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as signer from 'aws-cdk-lib/aws-signer';
import { IConstruct } from 'constructs';
import { SecureNetwork } from './network/secure-network';
import { Alarms } from './options/alarms';
import { Concurrency } from './options/concurrency';
import { Egress } from './options/egress';
import { Failures } from './options/failures';
import { Logging } from './options/logging';
import { Weakened } from './weakened';

/**
 * Dates of the sets of defaults that this library has shipped.
 *
 * A function's version is published anew whenever its configuration changes, so a new release never changes what an
 * existing date means.
 */
export enum DefaultsVersion {
  /** The first set: 10 s timeout, 10 reserved executions, no egress, one year of logs. */
  V2026_11_22 = '2026-11-22',
}

/**
 * What secure functions do where their own props say nothing.
 */
export interface SecureDefaultsProps {
  /**
   * Set of defaults to start from.
   *
   * @default DefaultsVersion.V2026_11_22 - upgrading the library changes nothing by itself
   */
  readonly defaultsVersion?: DefaultsVersion;

  /**
   * How long a function may run.
   *
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;

  /**
   * Memory of a function in MiB.
   *
   * @default 128
   */
  readonly memorySize?: number;

  /**
   * How many executions of a function may run at once.
   *
   * @default Concurrency.reserved(10)
   */
  readonly concurrency?: Concurrency;

  /**
   * Where functions may open connections to.
   *
   * @default Egress.none()
   */
  readonly egress?: Egress;

  /**
   * Network that functions without a `vpc` join.
   *
   * @default - one network for each stack; a second stack that needs one is an error that asks for this property
   */
  readonly network?: SecureNetwork;

  /**
   * Key for environment variables, logs and alarms.
   *
   * @default - one key with rotation for each stack
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How functions log.
   *
   * @default Logging.json()
   */
  readonly logging?: Logging;

  /**
   * Where failed asynchronous events are kept.
   *
   * @default Failures.sharedQueue()
   */
  readonly failures?: Failures;

  /**
   * Which alarms watch the functions.
   *
   * @default Alarms.perFunction()
   */
  readonly alarms?: Alarms;

  /**
   * Upper bound of what the functions' roles may ever do.
   *
   * @default - none, other than what the app sets by its own means
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Profiles whose signature the code must carry.
   *
   * @default - signatures are not checked
   */
  readonly signingProfiles?: signer.ISigningProfile[];

  /**
   * Reasons for what is weaker than the default, for all functions of the scope.
   *
   * @default - none
   */
  readonly weakened?: Weakened[];
}

const SET = new WeakMap<IConstruct, SecureDefaultsProps>();

/** Every part of every function asks; forgotten whenever a scope sets something. */
let known = new WeakMap<IConstruct, SecureDefaults>();

/**
 * What secure functions below a scope do where their own props say nothing: one object that `SecureFunction`, the
 * blueprint and the mixins read alike. The nearest scope that sets a property wins.
 */
export class SecureDefaults {
  /** Sets the defaults for `scope` and all below it; properties left out keep the value of the scope above. */
  public static set(scope: IConstruct, props: SecureDefaultsProps): void {
    SET.set(scope, { ...SET.get(scope), ...props });
    known = new WeakMap();
  }

  /** The defaults in force at `scope`. */
  public static of(scope: IConstruct): SecureDefaults {
    const existing = known.get(scope);
    if (existing) return existing;
    const above = scope.node.scope;
    const defaults = above && !SET.has(scope)
      ? SecureDefaults.of(above)
      : new SecureDefaults(Object.assign({}, ...scope.node.scopes.map(each => SET.get(each))));
    known.set(scope, defaults);
    return defaults;
  }

  /** Set of defaults to start from. */
  public readonly defaultsVersion: DefaultsVersion;
  /** How long a function may run. */
  public readonly timeout: Duration;
  /** Memory of a function in MiB. */
  public readonly memorySize: number;
  /** How many executions of a function may run at once. */
  public readonly concurrency: Concurrency;
  /** Where functions may open connections to. */
  public readonly egress: Egress;
  /** Network that functions without a `vpc` join, if one was given. */
  public readonly network?: SecureNetwork;
  /** Key for environment variables, logs and alarms, if one was given. */
  public readonly encryptionKey?: kms.IKey;
  /** How functions log. */
  public readonly logging: Logging;
  /** Where failed asynchronous events are kept. */
  public readonly failures: Failures;
  /** Which alarms watch the functions. */
  public readonly alarms: Alarms;
  /** Upper bound of what the functions' roles may ever do, if one was given. */
  public readonly permissionsBoundary?: iam.IManagedPolicy;
  /** Profiles whose signature the code must carry. */
  public readonly signingProfiles: signer.ISigningProfile[];
  /** Reasons for what is weaker than the default. */
  public readonly weakened: Weakened[];

  private constructor(props: SecureDefaultsProps) {
    this.defaultsVersion = props.defaultsVersion ?? DefaultsVersion.V2026_11_22;
    this.timeout = props.timeout ?? Duration.seconds(10);
    this.memorySize = props.memorySize ?? 128;
    this.concurrency = props.concurrency ?? Concurrency.reserved(10);
    this.egress = props.egress ?? Egress.none();
    this.network = props.network;
    this.encryptionKey = props.encryptionKey;
    this.logging = props.logging ?? Logging.json();
    this.failures = props.failures ?? Failures.sharedQueue();
    this.alarms = props.alarms ?? Alarms.perFunction();
    this.permissionsBoundary = props.permissionsBoundary;
    this.signingProfiles = props.signingProfiles ?? [];
    this.weakened = props.weakened ?? [];
  }
}
