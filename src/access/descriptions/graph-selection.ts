import { DescribedGraph, DescribedNode } from './described-graph';
import { partOf } from './graph-part';
import { Multimap } from '../../model/multimap';
import { EdgeKind } from '../graph/access-edge';

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
  const named = new Map(nodes.map(node => [node.id, node]));
  const functions = new Multimap<string, string>();
  for (const { kind, from, to } of edges) if (kind === 'runs as') functions.add(to, from);
  const ends = (tells: (from: DescribedNode, to: DescribedNode, kind: EdgeKind) => boolean) =>
    edges.filter(({ from, to, kind }) => tells(named.get(from)!, named.get(to)!, kind)).map(({ from, to }) => [...functions.get(from), from, to]);
  return [
    ...attackPaths.map(path => path.edges.flatMap(at => [edges[at].from, edges[at].to])),
    ...ends(({ kind }) => kind === 'internet'),
    ...ends((_from, _to, kind) => kind === 'gains'),
    ...ends(({ kind }) => kind === 'principal'),
    ...ends((_, { sensitive }) => sensitive),
    ...ends((_from, _to, kind) => kind === 'runs as'),
    ...ends(() => true),
    // What is shared by more functions than can be shown.
    ...edges.map(({ from, to }) => [from, to]),
  ];
}

/** The edges between nodes, those of attack paths first. */
function edgesBetween({ edges, attackPaths }: DescribedGraph, selected: ReadonlySet<string>, most: number): ReadonlySet<number> {
  const isBetween = (at: number) => selected.has(edges[at].from) && selected.has(edges[at].to);
  const onPaths = attackPaths.filter(path => path.edges.every(isBetween)).flatMap(path => path.edges);
  const between = edges.map((_, at) => at).filter(isBetween);
  return new Set([...new Set([...onPaths, ...between])].slice(0, most));
}
