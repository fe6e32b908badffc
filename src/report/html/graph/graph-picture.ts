import { outline } from './shapes';
import { DescribedGraph, DescribedGraphEdge, DescribedNode } from '../../../access/descriptions/described-graph';
import { stepText } from '../../access-text';
import { Box, layOut, Point } from '../../graph/layout';
import { labelOf } from '../../graph/node-label';
import { html, Markup } from '../markup';

/** A graph as SVG, which shows all of it without any script. */
export function graphPicture(graph: DescribedGraph): Markup {
  const { width, height, boxes, lines } = layOut(graph);
  const place = new Map(graph.nodes.map(({ id }, at) => [id, at]));
  const attacked = new Set(graph.attackPaths.flatMap(({ edges }) => edges));
  const ends = ({ from, to }: DescribedGraphEdge) => [place.get(from)!, place.get(to)!];
  const line = (edge: DescribedGraphEdge, at: number) => arrow(edge, at, lines[at], ends(edge), attacked.has(at), graph.nodes);
  return html`<svg id="graph" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" tabindex="0" role="img" aria-label="Who can do what to whom" aria-describedby="graph-keys">
<defs>${['plain', 'attack'].map(name => html`<marker id="arrow-${name}" class="${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"
 markerUnits="userSpaceOnUse" orient="auto"><path d="M0,1 L10,5 L0,9 z"/></marker>`)}</defs>
${graph.edges.map(line)}
${graph.nodes.map((node, at) => box(node, at, boxes[at]))}
${graph.edges.map((edge, at) => text(edge, at, lines[at]))}
</svg>`;
}

function arrow(
  edge: DescribedGraphEdge, at: number, points: readonly Point[], [start, end]: readonly number[], isAttack: boolean, nodes: readonly DescribedNode[],
): Markup {
  const { kind, answer } = edge;
  return html`<g class="edge ${kind.replace(' ', '-')} ${answer}${isAttack ? ' attack' : ''}" data-edge="${at}" data-from="${start}" data-to="${end}">
<title>${`${nodes[start].name} ${stepText({ ...edge, to: nodes[end].name })}${answer === 'unknown' ? ', perhaps' : ''}`}</title>
<path d="${curve(points)}" marker-end="url(#arrow-${isAttack ? 'attack' : 'plain'})"/></g>`;
}

/** What stands at an arrow, above all else, while one of its ends is focused. */
function text(edge: DescribedGraphEdge, at: number, points: readonly Point[]): Markup {
  const { x, y } = points[Math.floor(points.length / 2)];
  return html`<text class="how" data-edge="${at}" x="${round(x)}" y="${round(y - 4)}">${how(edge)}</text>`;
}

function box(node: DescribedNode, at: number, place: Box): Markup {
  // Below the lid of a cylinder.
  const middle = place.y + (node.kind === 'data store' ? 5 : 0);
  return html`<g class="node ${node.kind.replace(' ', '-')}" data-node="${at}"><title>${node.name}</title>${outline(node.kind, place)}
<text x="${round(place.x)}" y="${round(middle - 2)}">${place.label}</text><text class="kind" x="${round(place.x)}" y="${round(middle + 13)}">${labelOf(node)}</text></g>`;
}

const LONGEST = 26;

/** The first action without its service, which the other end tells, and how many more there are. */
function how({ kind, actions: [first, ...more], answer }: DescribedGraphEdge): string {
  const action = first?.replace(/^[a-z0-9-]+:/, '') ?? '';
  const shown = action.length > LONGEST ? `${action.slice(0, LONGEST)}…` : action;
  return [kind, shown, more.length > 0 ? `+${more.length}` : '', answer === 'unknown' ? 'perhaps' : ''].filter(part => part !== '').join(' ');
}

/** A curve that begins and ends where the points do, and leans towards those between. */
function curve(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${round(x)},${round(y)}`;
  const between = points.slice(1, -1).map((point, index, all) => {
    const next = all[index + 1] ?? points[points.length - 1];
    const end = index === all.length - 1 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(points[0])}${between.length > 0 ? between.join('') : `L${at(points[points.length - 1])}`}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
