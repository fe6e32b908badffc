import { AccessChange } from './access-change';
import { describePlace } from './described-change';
import { FormerNames } from './former-names';
import { INTERNET } from './new-exposures';
import { Versions } from './versions';
import { AccessEdge } from '../graph/access-edge';
import { attackPaths } from '../graph/attack-paths';
import { AccessPath } from '../graph/paths';

/**
 * Ways from the internet to what is kept, and to more rights, that begin or end where none did: what lies between doesn't matter. What
 * everybody gets at in one step is public, and told as that.
 */
export function newAttackPaths(versions: Versions): readonly AccessChange[] {
  const former = new FormerNames(versions);
  const known = new Map<string, readonly AccessPath[]>();
  for (const path of attackPaths(versions.before)) {
    const key = keyOf(path, path[0].to.id, path[path.length - 1].to.id);
    known.set(key, [...known.get(key) ?? [], path]);
  }
  return attackPaths(versions.after).filter(({ length }) => length > 1).flatMap(path => {
    const [entry, end] = [path[0].to, path[path.length - 1].to].map(node => former.node(node));
    const was = entry.flatMap(first => end.flatMap(last => known.get(keyOf(path, first, last)) ?? []));
    return was.some(each => isSure(each) || !isSure(path)) ? [] : [changeOf(path, was)];
  });
}

function keyOf([{ kind }]: AccessPath, entry: string, end: string): string {
  return JSON.stringify([kind, entry, end]);
}

function isSure(path: AccessPath): boolean {
  return path.every(({ answer }) => answer === 'allowed');
}

function changeOf(path: AccessPath, was: readonly AccessPath[]): AccessChange {
  const last = path[path.length - 1];
  const places = (edges: AccessPath) => edges.flatMap(({ reasons }) => reasons.slice(0, 1))
    .map(({ resource, property, text }) => describePlace(resource, property, text));
  return {
    kind: 'attack path',
    isSure: isSure(path) && was.length === 0,
    principals: [INTERNET],
    actions: last.kind === 'may' ? last.actions : [last.kind],
    resources: [last.to.name],
    steps: path.map(stepText),
    now: places(path),
    before: was.flatMap(places),
  };
}

function stepText({ from, kind, to, actions }: AccessEdge): string {
  if (actions.length === 0) return `${from.name} ${kind} ${to.name}`;
  return kind === 'may' ? `${from.name} may ${actions.join(', ')} on ${to.name}` : `${from.name} ${kind} ${to.name} by ${actions.join(', ')}`;
}
