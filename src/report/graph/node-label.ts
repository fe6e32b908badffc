import { DescribedNode } from '../../access/descriptions/described-graph';

/** What a node is, in few words: its type without `AWS`, or its kind. */
export function labelOf({ kind, resourceType }: DescribedNode): string {
  if (kind === 'internet') return 'anybody';
  return resourceType === undefined ? kind : resourceType.split('::').slice(1).join(' ') || kind;
}

const LONGEST = 30;

/**
 * The names of nodes as short as they tell them apart: without the stack if there is only one, without what every L2 calls its resource, and
 * without the middle of long ones.
 */
export function labelsOf(nodes: readonly DescribedNode[]): ReadonlyMap<string, string> {
  const stacks = new Set(nodes.filter(({ resourceType }) => resourceType).map(({ name }) => name.split('/')[0]));
  return new Map(nodes.map(({ id, name, resourceType }) => {
    const parts = name.split('/');
    const own = resourceType && stacks.size === 1 && parts.length > 1 ? parts.slice(1) : parts;
    const short = own.length > 1 && ['Resource', 'Default'].includes(own[own.length - 1]) ? own.slice(0, -1) : own;
    return [id, shortened(short.join('/'))];
  }));
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST) return name;
  return [...characters.slice(0, LONGEST / 2 - 1), '…', ...characters.slice(-LONGEST / 2)].join('');
}
