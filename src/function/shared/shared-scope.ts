import { Stack } from 'aws-cdk-lib';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct } from 'constructs';

const ID = 'SecureServerless';

/**
 * The construct that holds what all secure functions of a stack share: key, queue, topic, network.
 *
 * Functions of a nested stack share with its top-level parent, so that a nested stack costs no second key.
 */
export function sharedScope(scope: IConstruct): Construct {
  const stack = topLevelStack(scope);
  return stack.node.tryFindChild(ID) as Construct | undefined ?? makeSharedScope(stack);
}

function makeSharedScope(stack: Stack): Construct {
  const shared = new Construct(stack, ID);
  // Which of the functions happened to come first says nothing.
  shared.node.setContext(DISABLE_CREATION_STACK_TRACES, true);
  return shared;
}

/** Finds the shared construct `id`, or makes it. */
export function sharedBy<T extends Construct>(scope: IConstruct, id: string, create: (holder: Construct) => T): T {
  const holder = sharedScope(scope);
  return holder.node.tryFindChild(id) as T | undefined ?? create(holder);
}

export function topLevelStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? topLevelStack(stack.nestedStackParent) : stack;
}
