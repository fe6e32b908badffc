import { } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { acknowledge } from '../acknowledgement';
import { ConcurrencyBudget } from '../concurrency-budget';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { checkReserved, Concurrency, ProvisionedConcurrencyOptions } from '../options/concurrency';
import { recordWeakening } from '../weakened';
import { FunctionPart } from './function-part';
import { cfnFunctionOf, isSecurable } from './securable-function';

/** Findings of cdk-nag about a function without a reservation, or with one of 0. */
const NAG_RULES = ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency'];

const ALIASES = new WeakMap<lambda.Function, lambda.Alias>();

/**
 * Properties for `LimitedConcurrency`.
 */
export interface LimitedConcurrencyProps {
  /**
   * How many executions may run at once.
   *
   * @default - `reservedConcurrentExecutions` where that is set, else the reservation that the function has already, else
   * the one of `SecureDefaults`: 10 reserved
   */
  readonly concurrency?: Concurrency;

  /**
   * How many executions may run at once, as the L2 takes it: the same as `Concurrency.reserved(...)`.
   *
   * Whole number from 0. Setting `concurrency` as well is an error.
   *
   * @default - see `concurrency`
   */
  readonly reservedConcurrentExecutions?: number;
}

/**
 * Bounds how many executions of a function run at once, against denial of service and of wallet.
 *
 * The reservations of all functions of the app are held against the quota of the account, see `ConcurrencyBudget`.
 */
export class LimitedConcurrency extends FunctionPart {
  /**
   * The alias whose executions are provisioned.
   *
   * @returns `undefined` for a function without `Concurrency.provisioned(...)`
   */
  public static aliasOf(fn: lambda.Function): lambda.Alias | undefined {
    return ALIASES.get(fn);
  }

  constructor(private readonly props: LimitedConcurrencyProps = {}) {
    super();
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    const { concurrency, reservedConcurrentExecutions: reserved } = this.props;
    if (concurrency && reserved !== undefined) {
      faults.add('reservedConcurrentExecutions', reserved, 'one of `concurrency` and `reservedConcurrentExecutions`',
        'leave it out, `concurrency` says it');
    }
    if (reserved !== undefined) checkReserved(faults, 'reservedConcurrentExecutions', reserved);
    const effective = concurrency ?? SecureDefaults.of(scope).concurrency;
    effective._check(faults);
    if (effective._provisioned && reserved === undefined && hasSnapStart(scope, this.props as lambda.FunctionOptions)) {
      faults.add('snapStart', 'set', 'a function without provisioned concurrency',
        'leave `snapStart` out, or write `Concurrency.reserved(...)`: Lambda refuses both together');
    }
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    ConcurrencyBudget._watch(fn);
    const concurrency = this.chosen(cfn) ?? SecureDefaults.of(fn).concurrency;
    if (concurrency._unreservedReason !== undefined) {
      cfn.reservedConcurrentExecutions = undefined;
      recordWeakening(fn, 'concurrency', concurrency._unreservedReason, ['cdk-secure-serverless::lambda/concurrency-limited', ...NAG_RULES]);
      return;
    }
    cfn.reservedConcurrentExecutions = concurrency._reserved;
    if (concurrency._provisioned) provision(fn, concurrency._provisioned);
    if (concurrency._reserved === 0) {
      acknowledge(fn, 'No executions at all: the function is switched off', NAG_RULES);
    }
  }

  /** What the caller chose here or on the function before; a reservation of the L2 is on the L1 already. */
  private chosen(cfn: lambda.CfnFunction): Concurrency | undefined {
    const reserved = this.props.reservedConcurrentExecutions ?? cfn.reservedConcurrentExecutions;
    return this.props.concurrency ?? (reserved === undefined ? undefined : Concurrency.reserved(reserved));
  }
}

function provision(fn: lambda.Function, { provisioned, alias: aliasName = 'live' }: ProvisionedConcurrencyOptions): void {
  const alias = ALIASES.get(fn) ?? fn.node.tryFindChild(`Alias${aliasName}`) as lambda.Alias | undefined ?? fn.addAlias(aliasName);
  ALIASES.set(fn, alias);
  (alias.node.defaultChild as lambda.CfnAlias).provisionedConcurrencyConfig = { provisionedConcurrentExecutions: provisioned };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
function hasSnapStart(scope: IConstruct, props: lambda.FunctionOptions): boolean {
  return props.snapStart !== undefined || (isSecurable(scope) && cfnFunctionOf(scope).snapStart !== undefined);
}
