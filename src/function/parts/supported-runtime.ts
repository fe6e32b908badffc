import { Annotations, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { daysBetween, isDay, lifecycleOf, RuntimeLifecycle, RUNTIMES_AS_OF, successorOf } from '../../runtimes/lifecycles';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { ReasonedPart, Weakness } from './reasoned-part';
import { recordWeakening, Weakened } from '../weakened';
import { isSecurable } from './securable-function';

/** Context key for the day against which runtimes are checked. */
const TODAY = 'cdk-secure-serverless:today';

/** AWS announces the end of a runtime at least this long before. */
const WARNING_DAYS = 180;

const RULES = ['cdk-secure-serverless::lambda/runtime-not-deprecated', 'AwsSolutions-L1', 'Serverless-LambdaLatestVersion'];

const CHECKED = new WeakSet<lambda.Function>();

/**
 * Properties for `SupportedRuntime`.
 */
export interface SupportedRuntimeProps {
  /**
   * Reasons for what is weaker than the default. `Weakened.runtime` accepts a runtime that gets no more patches.
   *
   * @default - the reasons of `SecureDefaults`
   */
  readonly weakened?: Weakened[];
}

/**
 * Refuses a runtime that AWS no longer patches, and warns for 180 days before that.
 *
 * The same code synthesizes to the same result on any day: "today" is not read from a clock. It is the later one of the
 * day on which the table of runtimes in this library was written and the day of the `DefaultsVersion` in force, so a new
 * release of this library is what brings new verdicts. An app that rather wants the day of the synthesis says so:
 * `cdk synth --context cdk-secure-serverless:today=$(date +%F)`.
 *
 * There is no verdict on container images, on runtimes that this library doesn't know, and on tokens.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export class SupportedRuntime extends ReasonedPart {
  constructor(private readonly props: SupportedRuntimeProps = {}) {
    super('runtime', props.weakened);
  }

  /** @internal */
  public _check(scope: IConstruct, faults: Faults): void {
    const today = todayAt(scope);
    if (!isDay(today)) faults.add(`context ${TODAY}`, today, 'a day such as 2026-11-22', 'pass `$(date +%F)`, or leave it out');
    super._check(scope, faults);
  }

  /** @internal */
  public _harden(fn: lambda.Function, cfn: lambda.CfnFunction): void {
    const lifecycle = knownLifecycle(cfn.runtime);
    if (!cfn.runtime || !lifecycle) return;
    const today = todayAt(fn);
    const reason = this._reason(fn);
    if (lifecycle.deprecated > today) return warnBefore(fn, cfn.runtime, lifecycle, today);
    if (reason !== undefined) return recordWeakening(fn, 'runtime', reason, RULES);
    refuse(fn, cfn.runtime, lifecycle);
  }

  /** @internal */
  protected _weaknessAt(scope: IConstruct): Weakness | undefined {
    const today = todayAt(scope);
    const runtime = this.runtimeAt(scope);
    const lifecycle = knownLifecycle(runtime?.name);
    if (!isDay(today) || !runtime || !lifecycle || lifecycle.deprecated > today) return undefined;
    return { property: 'runtime', given: runtime.name, allowed: 'one that AWS still patches', change: whatToDo(runtime.name, lifecycle) };
  }

  /** The runtime of the function, or the one that a function below `scope` is to get. */
  private runtimeAt(scope: IConstruct): lambda.Runtime | undefined {
    if (isSecurable(scope)) return scope.runtime;
    const { runtime } = this.props as Partial<lambda.FunctionProps>;
    // The name of NODEJS_LATEST is a placeholder: which runtime it stands for depends on the region.
    return runtime?.isVariable ? lambda.determineLatestNodeRuntime(scope as never) : runtime;
  }
}

/**
 * The runtime of a function whose props name none. The L2 gives bundled functions one that is out of support, unless a
 * feature flag says otherwise.
 */
export function runtimeFor(props: Partial<lambda.FunctionProps>): { readonly runtime?: lambda.Runtime } {
  return props.code || props.runtime ? {} : { runtime: lambda.Runtime.NODEJS_LATEST };
}

function knownLifecycle(name: string | undefined): RuntimeLifecycle | undefined {
  return name === undefined || Token.isUnresolved(name) ? undefined : lifecycleOf(name);
}

function todayAt(scope: IConstruct): string {
  const { defaultsVersion } = SecureDefaults.of(scope);
  return scope.node.tryGetContext(TODAY) ?? (defaultsVersion > RUNTIMES_AS_OF ? defaultsVersion : RUNTIMES_AS_OF);
}

function whatToDo(name: string, { deprecated, createBlocked, updateBlocked }: RuntimeLifecycle): string {
  const blocks = createBlocked ? `, AWS refuses to create functions with it from ${createBlocked} and to update them from ${updateBlocked}` : '';
  return `no patches since ${deprecated}${blocks}; move to \`${successorOf(name)}\``;
}

function warnBefore(fn: lambda.Function, name: string, lifecycle: RuntimeLifecycle, today: string): void {
  const days = daysBetween(today, lifecycle.deprecated);
  if (days > WARNING_DAYS) return;
  Annotations.of(fn).addWarningV2('cdk-secure-serverless:runtime-end-of-life',
    `runtime \`${name}\` gets no more patches from ${lifecycle.deprecated}, ${days} days after ${today}: move to \`${successorOf(name)}\``);
}

/** For a runtime that no prop named, so that it is known only now. */
function refuse(fn: lambda.Function, name: string, lifecycle: RuntimeLifecycle): void {
  if (CHECKED.has(fn)) return;
  CHECKED.add(fn);
  fn.node.addValidation({ validate: () => [`runtime \`${name}\` is deprecated: ${whatToDo(name, lifecycle)}, or add \`Weakened.runtime('why')\` to \`weakened\``] });
}
