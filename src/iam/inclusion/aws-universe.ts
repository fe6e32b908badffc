import { Universe } from './allows-nothing-beyond';
import { hasSymbol, KnownAction, Policy } from './policy';
import { actionsMatching, AwsAction } from '../data/actions';

/**
 * What requests there can be that a policy allows: the actions that AWS has, about ARNs of their own types of resources, and beside them those
 * that AWS may add, which a wildcard allows as soon as they are there.
 */
export function awsUniverse(policy: Policy): Universe {
  const allowing = policy.filter(({ effect }) => effect === 'Allow').map(({ actions }) => actions);
  const patterns = new Set(allowing.flatMap(({ named, negated }) => negated ? ['*'] : named).map(each => each.toLowerCase()));
  const actions = new Map<string, KnownAction>();
  const known = hasOpenPartition(policy) ? inAnyPartition : inPartitionsOfAws;
  for (const pattern of patterns) {
    for (const action of actionsMatching(pattern)) actions.set(action.name, known(action));
  }
  return { actions: [...actions.values()], futureActions: [...patterns].filter(each => /[*?]/.test(each)) };
}

const inAnyPartition = knownActions('?*');
const inPartitionsOfAws = knownActions('aws*');

/** Actions with the ARNs of their resources, each put together once. */
function knownActions(partition: string): (action: AwsAction) => KnownAction {
  const known = new WeakMap<AwsAction, KnownAction>();
  return action => {
    const before = known.get(action);
    if (before) return before;
    const arns = action.resources.map(({ format }) => format.replace('${Partition}', partition).replace(/\$\{[^}]*\}/g, '?*'));
    const built = { name: action.name, resources: arns };
    known.set(action, built);
    return built;
  };
}

/** Whether deployment decides in which partition something is. */
function hasOpenPartition(policy: Policy): boolean {
  return policy.some(({ resources }) => resources?.named.some(each => hasSymbol(each.split(':')[1] ?? '')));
}
