import { DescribedEdge, describeEdge } from './described-path';
import { AppModel, compare } from '../../model/app-model';
import { AccessEdge, AccessNode } from '../graph/access-edge';
import { accessGraph } from '../graph/access-graph';
import { attackPaths } from '../graph/attack-paths';
import { AccessPath } from '../graph/paths';
import { SENSITIVE, Subject, subjectOf, SUBJECTS } from '../graph/subjects';

/** Who can do what to whom in an app, as plain data in an order that depends on nothing but the app. */
export interface DescribedGraph {
  readonly nodes: readonly DescribedNode[];
  readonly edges: readonly DescribedGraphEdge[];
  /** Sure ones first, short ones first. */
  readonly attackPaths: readonly DescribedAttackPath[];
}

export interface DescribedNode {
  readonly id: string;
  readonly kind: Subject;
  /** The construct path, or how a policy names it. */
  readonly name: string;
  /** Left out of what is no resource of the app. */
  readonly resourceType?: string;
  /** Whether attack paths end here. */
  readonly sensitive: boolean;
}

/** An edge between the nodes of these ids. */
export type DescribedGraphEdge = DescribedEdge;

/** A way from the internet to something sensitive. */
export interface DescribedAttackPath {
  /** The id of what everybody can call or get at. */
  readonly entry: string;
  /** The id of what is got at in the end. */
  readonly to: string;
  /** `unknown` if one of its edges is. */
  readonly answer: 'allowed' | 'unknown';
  /** The places in `edges` of its steps, in order. */
  readonly edges: readonly number[];
}

export function describeGraph(app: AppModel): DescribedGraph {
  const all = accessGraph(app).edges;
  const nodes = nodesOf(app, all);
  const place = new Map(nodes.map(({ id }, at) => [id, at]));
  const edges = mergedEdges(all, place);
  const placeOfEdge = new Map(edges.map(([key], at) => [key, at]));
  return {
    nodes,
    edges: edges.map(([, edge]) => edge),
    attackPaths: attackPaths(app).map(path => describeAttackPath(path, placeOfEdge)).sort((a, b) => compare(a.answer, b.answer)
      || a.edges.length - b.edges.length || place.get(a.to)! - place.get(b.to)! || place.get(a.entry)! - place.get(b.entry)!),
  };
}

function nodesOf(app: AppModel, edges: readonly AccessEdge[]): readonly DescribedNode[] {
  const graph = accessGraph(app);
  const all = new Map([...graph.nodes, ...edges.map(({ to }) => to)].map(node => [node.id, node]));
  return [...all.values()].map((node): DescribedNode => describeNode(node, subjectOf(node, graph.from(node))))
    .sort((a, b) => SUBJECTS.indexOf(a.kind) - SUBJECTS.indexOf(b.kind) || compare(a.name, b.name) || compare(a.id, b.id));
}

function describeNode({ id, name, resource }: AccessNode, kind: Subject): DescribedNode {
  return { id, kind, name, ...resource ? { resourceType: resource.type } : {}, sensitive: SENSITIVE.has(kind) };
}

/** One edge for all that go the same way and are as sure, such as the routes to a function. */
function mergedEdges(all: readonly AccessEdge[], place: ReadonlyMap<string, number>): readonly (readonly [string, DescribedGraphEdge])[] {
  const merged = new Map<string, DescribedGraphEdge>();
  for (const edge of all) {
    const described = { ...describeEdge(edge), from: edge.from.id, to: edge.to.id };
    const known = merged.get(keyOf(edge));
    merged.set(keyOf(edge), known ? joined(known, described) : described);
  }
  return [...merged].sort(([, a], [, b]) => place.get(a.from)! - place.get(b.from)! || place.get(a.to)! - place.get(b.to)!
    || compare(a.kind, b.kind) || compare(a.answer, b.answer));
}

function joined(one: DescribedGraphEdge, other: DescribedGraphEdge): DescribedGraphEdge {
  const reasons = [...one.reasons, ...other.reasons];
  return {
    ...one,
    actions: [...new Set([...one.actions, ...other.actions])],
    reasons: [...new Map(reasons.map(reason => [JSON.stringify(reason), reason])).values()],
  };
}

function keyOf({ from, kind, to, answer }: AccessEdge): string {
  return JSON.stringify([from.id, kind, to.id, answer]);
}

function describeAttackPath(path: AccessPath, placeOfEdge: ReadonlyMap<string, number>): DescribedAttackPath {
  return {
    entry: path[0].to.id,
    to: path[path.length - 1].to.id,
    answer: path.some(({ answer }) => answer === 'unknown') ? 'unknown' : 'allowed',
    edges: path.map(edge => placeOfEdge.get(keyOf(edge))!),
  };
}
