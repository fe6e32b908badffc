import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { SecureDefaults } from './defaults';
import { Faults } from './faults';
import { refuseUnsupportedKinds } from './function-kinds';
import { ActiveTracing } from './parts/active-tracing';
import { architectureFor } from './parts/arm-architecture';
import { BoundedTimeout } from './parts/bounded-timeout';
import { DurableExecution } from './parts/durable-execution';
import { checkPlacement, egressL2Props } from './parts/egress-props';
import { EncryptedEnvironment, extensionFor } from './parts/encrypted-environment';
import { ExplicitMemory } from './parts/explicit-memory';
import { FunctionAlarms } from './parts/function-alarms';
import { FunctionPart } from './parts/function-part';
import { KeptFailures } from './parts/kept-failures';
import { LEFT_TO_PARTS } from './parts/left-to-parts';
import { LimitedConcurrency } from './parts/limited-concurrency';
import { OwnLogGroup } from './parts/own-log-group';
import { RestrictedEgress } from './parts/restricted-egress';
import { checkRoleIsUnused, ScopedExecutionRole } from './parts/scoped-execution-role';
import { cfnFunctionOf } from './parts/securable-function';
import { SignedCode } from './parts/signed-code';
import { runtimeFor, SupportedRuntime } from './parts/supported-runtime';
import { TerminatedRecursion } from './parts/terminated-recursion';
import { SecureFunctionOptions } from './secure-function-options';

/** Props of any L2 function together with ours. */
export type HardenableProps = lambda.FunctionOptions & SecureFunctionOptions;

/** Marks props that went through here, so that a blueprint around a `SecureFunction` does not harden it twice. */
const HARDENED = Symbol.for('cdk-secure-serverless.hardened');

const HARDENED_FUNCTIONS = new WeakSet<lambda.Function>();

export function isHardened(props: object): boolean {
  return HARDENED in props;
}

export function isHardenedFunction(fn: lambda.Function): boolean {
  return HARDENED_FUNCTIONS.has(fn);
}

/**
 * What to hand to the L2: the caller's props, what the L2 itself must know, and nothing that a part does better
 * afterwards. All that is wrong with the props is reported here, before anything is made.
 */
export function l2Props<T extends HardenableProps>(scope: Construct, id: string, props: T): T {
  const path = [scope.node.path, id].filter(Boolean).join('/');
  const faults = new Faults(path);
  checkRoleIsUnused(props.role, path, faults);
  checkPlacement(scope, props, faults);
  for (const part of partsFor(scope, props)) part._check(scope, faults);
  faults.throwIfAny();

  return without(LEFT_TO_PARTS, {
    ...props,
    ...egressL2Props(scope, props),
    ...runtimeFor(props),
    ...architectureFor(scope, props),
    ...extensionFor(props),
    // The L2 would grant tracing in a policy of its own: `ActiveTracing` does both.
    tracing: lambda.Tracing.DISABLED,
    [HARDENED]: true,
  });
}

/** Absent rather than undefined: the CDK warns of deprecated props that are there at all. */
function without<T extends object>(keys: readonly string[], props: T): T {
  return Object.fromEntries(Reflect.ownKeys(props).filter(key => !keys.includes(String(key))).map(key => [key, props[key as keyof T]])) as T;
}

/** Applies each part to a function that the L2 has made. */
export function harden(fn: lambda.Function, props: HardenableProps): void {
  HARDENED_FUNCTIONS.add(fn);
  for (const part of partsFor(fn, props)) part._harden(fn, cfnFunctionOf(fn));
  refuseUnsupportedKinds(fn);
}

/** Hardens a function that somebody made without a thought of it. */
export function hardenExisting(fn: lambda.Function): void {
  const faults = new Faults(fn.node.path);
  for (const part of partsFor(fn, {})) part._check(fn, faults);
  faults.throwIfAny();
  harden(fn, {});
}

function partsFor(scope: Construct, given: HardenableProps): FunctionPart[] {
  const props = { ...given, weakened: [...given.weakened ?? [], ...SecureDefaults.of(scope).weakened] };
  return [
    new RestrictedEgress(props),
    new ScopedExecutionRole(props),
    new BoundedTimeout(props),
    new ExplicitMemory(props),
    new LimitedConcurrency(props),
    new EncryptedEnvironment(props),
    new OwnLogGroup(props),
    new KeptFailures(props),
    new FunctionAlarms(props),
    new ActiveTracing(props),
    new TerminatedRecursion(props),
    new SupportedRuntime(props),
    new SignedCode(props),
    new DurableExecution(),
  ];
}
