import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { SecureDefaults } from './defaults';
import { Faults } from './faults';
import { BoundedTimeout } from './parts/bounded-timeout';
import { FunctionAlarms } from './parts/function-alarms';
import { FunctionPart } from './parts/function-part';
import { LimitedConcurrency } from './parts/limited-concurrency';
import { checkRoleIsUnused, ScopedExecutionRole } from './parts/scoped-execution-role';
import { cfnFunctionOf } from './parts/securable-function';
import { SecureFunctionOptions } from './secure-function-options';

/** Props of any L2 function together with ours. */
export type HardenableProps = lambda.FunctionOptions & SecureFunctionOptions;

/** Marks props that went through here, so that a blueprint around a `SecureFunction` does not harden it twice. */
const HARDENED = Symbol.for('cdk-secure-serverless.hardened');

export function isHardened(props: object): boolean {
  return HARDENED in props;
}

/**
 * What to hand to the L2: the caller's props, what the L2 itself must know, and nothing that a part does better
 * afterwards. All that is wrong with the props is reported here, before anything is made.
 */
export function l2Props<T extends HardenableProps>(scope: Construct, id: string, props: T): T {
  const path = [scope.node.path, id].filter(Boolean).join('/');
  const faults = new Faults(path);
  checkRoleIsUnused(props.role, path, faults);
  for (const part of partsFor(scope, props)) part._check(scope, faults);
  faults.throwIfAny();

  return {
    ...props,
    [HARDENED]: true,
  };
}

/** Applies each part to a function that the L2 has made. */
export function harden(fn: lambda.Function, props: HardenableProps): void {
  for (const part of partsFor(fn, props)) part._harden(fn, cfnFunctionOf(fn));
}

function partsFor(scope: Construct, given: HardenableProps): FunctionPart[] {
  const props = { ...given, weakened: [...given.weakened ?? [], ...SecureDefaults.of(scope).weakened] };
  return [
    new ScopedExecutionRole(props),
    new BoundedTimeout(props),
    new LimitedConcurrency(props),
    new FunctionAlarms(props),
  ];
}
