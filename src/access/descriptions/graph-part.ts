import { DescribedGraph, DescribedGraphEdge } from './described-graph';

/** The nodes of a graph for which a test holds, with those edges between them for which one does, and the attack paths that are still whole. */
export function partOf(
  { nodes, edges, attackPaths }: DescribedGraph, keeps: (id: string) => boolean, keepsEdge: (edge: DescribedGraphEdge, at: number) => boolean,
): DescribedGraph {
  const place = new Map<number, number>();
  const kept = edges.filter((edge, at) => {
    const isKept = keeps(edge.from) && keeps(edge.to) && keepsEdge(edge, at);
    if (isKept) place.set(at, place.size);
    return isKept;
  });
  return {
    nodes: nodes.filter(({ id }) => keeps(id)),
    edges: kept,
    attackPaths: attackPaths.filter(path => path.edges.every(at => place.has(at)))
      .map(path => ({ ...path, edges: path.edges.map(at => place.get(at)!) })),
  };
}

/**
 * What is next to a node, both ways, and the attack paths that go through it. A function and its role are as one: what may be done by the role, the
 * function does.
 */
export function neighbourhood(graph: DescribedGraph, id: string): DescribedGraph {
  const { edges, attackPaths } = graph;
  const own = withRoles(edges, [id]);
  const around = withRoles(edges, edges.filter(({ from, to }) => own.has(from) || own.has(to)).flatMap(({ from, to }) => [from, to]));
  const isNext = (at: number) => own.has(edges[at].from) || own.has(edges[at].to);
  const onPaths = new Set(attackPaths.filter(path => path.edges.some(isNext)).flatMap(path => path.edges));
  const through = new Set([...onPaths].flatMap(at => [edges[at].from, edges[at].to]));
  return partOf(graph, each => own.has(each) || around.has(each) || through.has(each), ({ from, to, kind }, at) =>
    onPaths.has(at) || own.has(from) || own.has(to) || kind === 'runs as' && around.has(from) && around.has(to));
}

/** Nodes, with the roles of what are functions among them, and the functions of what are roles. */
function withRoles(edges: readonly DescribedGraphEdge[], ids: readonly string[]): ReadonlySet<string> {
  const given = new Set(ids);
  const joined = edges.filter(({ kind, from, to }) => kind === 'runs as' && (given.has(from) || given.has(to)));
  return new Set([...given, ...joined.flatMap(({ from, to }) => [from, to])]);
}
