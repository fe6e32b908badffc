import { AccessEdge, AccessNode } from './access-edge';
import { accessGraph } from './access-graph';
import { AppModel } from '../../model/app-model';

/** A way from one node to another, edge by edge. */
export type AccessPath = readonly AccessEdge[];

/** Everything that can be got at from a node, each by a shortest way; nearest first. `follows` says which edges count. */
export function reach(app: AppModel, from: AccessNode, follows: (edge: AccessEdge) => boolean = () => true): readonly AccessPath[] {
  const graph = accessGraph(app);
  const found = new Map<string, AccessPath>([[from.id, []]]);
  const queue: AccessPath[] = [[]];
  for (const path of queue) {
    const last = path.at(-1);
    // What is only read does nothing for whoever reads it.
    if (last && !last.drives) continue;
    for (const edge of graph.from(last?.to ?? from)) {
      if (!follows(edge)) continue;
      const known = found.get(edge.to.id);
      if (known && (known.at(-1)?.drives ?? true) || known && !edge.drives) continue;
      const longer = [...path, edge];
      found.set(edge.to.id, known ?? longer);
      queue.push(longer);
    }
  }
  found.delete(from.id);
  return [...found.values()];
}

/** No more ways are listed than these: whoever has closed them asks again. */
const MOST_PATHS = 20;
const MOST_AT_ONCE = 1000;

/** The shortest ways from one node to another, that go through nothing twice. */
export function paths(app: AppModel, from: AccessNode, to: AccessNode): readonly AccessPath[] {
  const graph = accessGraph(app);
  const found: AccessPath[] = [];
  const distance = new Map<string, number>([[from.id, 0]]);
  let level: AccessPath[] = [[]];
  while (level.length > 0 && found.length === 0) {
    const next: AccessPath[] = [];
    for (const path of level) {
      const last = path.at(-1);
      if (last && !last.drives) continue;
      for (const edge of graph.from(last?.to ?? from)) {
        const length = path.length + 1;
        const isWorthIt = (distance.get(edge.to.id) ?? length) >= length && next.length < MOST_AT_ONCE;
        if (edge.to.id === to.id) found.push([...path, edge]);
        if (edge.to.id === to.id || !isWorthIt) continue;
        distance.set(edge.to.id, length);
        next.push([...path, edge]);
      }
    }
    level = next;
  }
  return found.slice(0, MOST_PATHS);
}
