import { DescribedGraph } from './described-graph';
import { partOf } from './graph-part';

/** As much of a graph as somebody can look at, and how much that leaves out. */
export interface GraphSelection {
  readonly graph: DescribedGraph;
  readonly leftOut: LeftOut;
}

export interface LeftOut {
  /** Nodes that something leads to or from. */
  readonly connected: number;
  /** Nodes that nothing leads to or from. */
  readonly unconnected: number;
  readonly edges: number;
  readonly attackPaths: number;
}

/** How much is selected at most. */
export interface Bounds {
  readonly nodes: number;
  readonly edges: number;
}

/**
 * What tells most: attack paths, then what is public, then who comes to more rights, who comes from elsewhere and who gets at what is sensitive, then the
 * rest, function by function.
 */
export function selectGraph(whole: DescribedGraph, bounds: Bounds): GraphSelection {
  const selected = new Set<string>();
  for (const group of groups(whole)) {
    const added = new Set(group.filter(id => !selected.has(id)));
    if (selected.size + added.size <= bounds.nodes) added.forEach(id => selected.add(id));
  }
  const edges = edgesBetween(whole, selected, bounds.edges);
  const graph = partOf(whole, id => selected.has(id), (_, at) => edges.has(at));
  const connected = new Set(whole.edges.flatMap(({ from, to }) => [from, to]));
  return {
    graph,
    leftOut: {
      connected: connected.size - selected.size,
      unconnected: whole.nodes.length - connected.size,
      edges: whole.edges.length - graph.edges.length,
      attackPaths: whole.attackPaths.length - graph.attackPaths.length,
    },
  };
}

/** Nodes that make sense together, those that tell most first. */
function groups({ nodes, edges, attackPaths }: DescribedGraph): readonly (readonly string[])[] {
  const kind = new Map(nodes.map(node => [node.id, node]));
  const ends = (tells: (from: string, to: string, how: string) => boolean) =>
    edges.filter(edge => tells(edge.from, edge.to, edge.kind)).map(({ from, to }) => [from, to]);
  return [
    ...attackPaths.map(path => path.edges.flatMap(at => [edges[at].from, edges[at].to])),
    ...ends(from => kind.get(from)?.kind === 'internet'),
    ...ends((_from, _to, how) => how === 'gains'),
    ...ends(from => kind.get(from)?.kind === 'principal'),
    ...ends((_, to) => kind.get(to)?.sensitive === true),
    ...ends((_from, _to, how) => how === 'runs as'),
    ...ends(() => true),
  ];
}

/** The edges between nodes, those of attack paths first. */
function edgesBetween({ edges, attackPaths }: DescribedGraph, selected: ReadonlySet<string>, most: number): ReadonlySet<number> {
  const between = edges.flatMap(({ from, to }, at) => selected.has(from) && selected.has(to) ? [at] : []);
  const onPaths = attackPaths.filter(path => path.edges.every(at => selected.has(edges[at].from) && selected.has(edges[at].to))).flatMap(path => path.edges);
  return new Set([...new Set([...onPaths, ...between])].slice(0, most));
}
