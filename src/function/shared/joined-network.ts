import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { SecureDefaults } from '../defaults';
import { Faults } from '../faults';
import { sharedBy, topLevelStack } from './shared-scope';
import { SecureNetwork } from '../network/secure-network';

/** Networks that were made because a function needed one, by the stage that they are in. */
const MADE = new WeakMap<IConstruct, SecureNetwork[]>();

/** The network that functions at `scope` were given, if any. */
export function givenNetwork(scope: IConstruct, given?: SecureNetwork): SecureNetwork | undefined {
  return given ?? SecureDefaults.of(scope).network;
}

/** The network that functions at `scope` join: one that was given, else one that the stack's functions share. */
export function joinedNetwork(scope: IConstruct, given?: SecureNetwork): SecureNetwork {
  return givenNetwork(scope, given) ?? sharedBy(scope, 'Network', holder => {
    const network = new SecureNetwork(holder, 'Network');
    MADE.set(stageOf(scope), [...madeFor(scope), network]);
    return network;
  });
}

/**
 * A second network for the same account and region is more likely an oversight than a wish: it costs, its functions can't
 * reach what is in the first, and someone has to pay for its endpoints, too.
 */
export function checkJoinedNetwork(scope: IConstruct, faults: Faults, given?: SecureNetwork): void {
  const own = topLevelStack(scope);
  const network = givenNetwork(scope, given);
  if (network) {
    const theirs = Stack.of(network);
    if (areElsewhere(own, theirs)) {
      faults.add('network', network.node.path, `a network in the account and region of stack ${own.node.path}`,
        `that one is in stack ${theirs.node.path}: make one for each account and region, and set it for the stacks there`);
    }
    return;
  }
  const other = madeFor(scope).map(made => topLevelStack(made)).find(stack => stack !== own && !areElsewhere(stack, own));
  if (!other) return;
  faults.add('network', `a second one, in stack ${own.node.path} beside that of stack ${other.node.path}`, 'one for all stacks of an account and region',
    'give both stacks the same: `SecureDefaults.set(app, { network: new SecureNetwork(networkStack, \'Network\') })` before the first function');
}

function madeFor(scope: IConstruct): SecureNetwork[] {
  return MADE.get(stageOf(scope)) ?? [];
}

function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}

/** Whether two stacks certainly don't share an account and region; one that isn't known until deployment may be any. */
function areElsewhere(one: Stack, other: Stack): boolean {
  return differ(one.account, other.account) || differ(one.region, other.region);
}

function differ(one: string, other: string): boolean {
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}
