import { Graph, layout } from '@dagrejs/dagre';
import { labelOf, labelsOf } from './node-label';
import { DescribedGraph } from '../../access/descriptions/described-graph';

/** Where everything in a picture is, in pixels, from the top left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** In the order of the nodes of the graph. */
  readonly boxes: readonly Box[];
  /** In the order of its edges, each from one border to the other. */
  readonly lines: readonly (readonly Point[])[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node, around its middle. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

const HEIGHT = 48;
const BESIDE_TEXT = 40;
const MARGIN = 16;

/** With more nodes than these a layer from top to bottom is too wide to be seen at once. */
const MOST_FROM_TOP = 40;

/** Layers, what leads to something before it: from left to right, or from top to bottom where that can be shown larger. */
export function layOut(graph: DescribedGraph): Layout {
  const fromLeft = layersOf(graph, 'LR');
  if (graph.nodes.length > MOST_FROM_TOP) return fromLeft;
  const fromTop = layersOf(graph, 'TB');
  return sizeOf(fromTop) > sizeOf(fromLeft) ? fromTop : fromLeft;
}

/** How large a picture is in a frame as pages have it. */
function sizeOf({ width, height }: Layout): number {
  return Math.min(800 / width, 600 / height, 1);
}

function layersOf(graph: DescribedGraph, rankdir: 'LR' | 'TB'): Layout {
  const labels = labelsOf(graph.nodes);
  const laid = new Graph({ multigraph: true });
  laid.setGraph({ rankdir, nodesep: 24, edgesep: 14, ranksep: rankdir === 'LR' ? 140 : 64 });
  // Ids stand in templates: numbers are nothing but numbers.
  const name = new Map(graph.nodes.map(({ id }, at) => [id, String(at)]));
  graph.nodes.forEach((node, at) => laid.setNode(String(at), { width: widthOf(labels.get(node.id)!, labelOf(node)), height: HEIGHT }));
  const attacked = new Set(graph.attackPaths.flatMap(({ edges }) => edges));
  graph.edges.forEach(({ from, to }, at) => laid.setEdge(name.get(from)!, name.get(to)!, { weight: attacked.has(at) ? 4 : 1 }, String(at)));
  layout(laid);
  return framed(
    graph.nodes.map(({ id }, at) => ({ ...laid.node(String(at)) as Omit<Box, 'label'>, label: labels.get(id)! })),
    graph.edges.map(({ from, to }, at) => (laid.edge(name.get(from)!, name.get(to)!, String(at)) as { points: readonly Point[] }).points),
  );
}

/** Everything moved to the top left of a frame that it fits into; the library leaves out of its own what lines do on their way. */
function framed(boxes: readonly Box[], lines: readonly (readonly Point[])[]): Layout {
  const cornersOf = ({ x, y, width, height }: Box) => [-1, 1].map(side => ({ x: x + side * width / 2, y: y + side * height / 2 }));
  const corners = [...boxes.flatMap(cornersOf), ...lines.flat()];
  const least = (of: (point: Point) => number) => corners.reduce((found, point) => Math.min(found, of(point)), Infinity) - MARGIN;
  const [left, top, right, bottom] = [least(({ x }) => x), least(({ y }) => y), -least(({ x }) => -x), -least(({ y }) => -y)];
  const moved = <P extends Point>(point: P): P => ({ ...point, x: point.x - left, y: point.y - top });
  return { width: right - left, height: bottom - top, boxes: boxes.map(moved), lines: lines.map(points => points.map(moved)) };
}

/** As wide as its two lines of text may be; letters beyond Latin, Greek and Cyrillic are the widest. */
function widthOf(label: string, kind: string): number {
  const width = (text: string, size: number) => [...text].reduce((sum, character) => sum + (character.codePointAt(0)! < 0x500 ? 0.58 : 1) * size, 0);
  return Math.ceil(Math.max(width(label, 13), width(kind, 11)) + BESIDE_TEXT);
}
