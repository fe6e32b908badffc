import { AccessEdge } from './access-edge';
import { accessGraph } from './access-graph';
import { INTERNET } from './nodes';
import { AccessPath, reach } from './paths';
import { isSensitive } from './subjects';
import { AppModel } from '../../model/app-model';

/** The shortest way from each public entry to each sensitive store, and to more rights; one that is sure rather than a shorter one that isn't. */
export function attackPaths(app: AppModel): readonly AccessPath[] {
  return publicEntries(app).flatMap(entry => {
    const found = new Map<string, AccessPath>();
    for (const path of [...waysFrom(app, entry, isSure), ...waysFrom(app, entry, () => true)]) {
      const { to } = path[path.length - 1];
      if (isSensitive(to) && !found.has(to.id)) found.set(to.id, path);
    }
    return [...found.values()];
  });
}

/** The edges by which everybody comes in: for each thing and manner one, that is sure if there is one. */
function publicEntries(app: AppModel): readonly AccessEdge[] {
  const entries = new Map<string, AccessEdge>();
  for (const edge of accessGraph(app).from(INTERNET)) {
    const key = `${edge.kind} ${edge.to.id}`;
    const known = entries.get(key);
    if (!known || isSure(edge) && !isSure(known)) entries.set(key, edge);
  }
  return [...entries.values()];
}

function waysFrom(app: AppModel, entry: AccessEdge, follows: (edge: AccessEdge) => boolean): readonly AccessPath[] {
  if (!follows(entry)) return [];
  return [[entry], ...entry.drives ? reach(app, entry.to, follows).map(path => [entry, ...path]) : []];
}

function isSure({ answer }: AccessEdge): boolean {
  return answer === 'allowed';
}
