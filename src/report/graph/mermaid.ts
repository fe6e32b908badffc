import { DescribedGraph, DescribedGraphEdge, DescribedNode } from '../../access/descriptions/described-graph';
import { selectGraph } from '../../access/descriptions/graph-selection';
import { Subject } from '../../access/graph/subjects';
import { shortened } from '../access-text';
import { leftOutText } from './left-out';
import { labelOf, labelsOf } from './node-label';

/** What viewers of Mermaid draw unless they are told otherwise, and what somebody can still look at. */
const BOUNDS = { nodes: 150, edges: 400 };

/**
 * A flowchart: shapes and colours by kind, dashed arrows for what is only perhaps so, thick ones for what belongs to an attack path.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaid(whole: DescribedGraph): string {
  const { graph, leftOut } = selectGraph(whole, BOUNDS);
  const id = new Map(graph.nodes.map((node, at) => [node.id, `n${at}`]));
  const labels = labelsOf(graph.nodes);
  const attacked = new Set(graph.attackPaths.flatMap(({ edges }) => edges));
  const used = [...new Set(graph.nodes.map(({ kind }) => kind))];
  const left = leftOutText(leftOut);
  return [
    'flowchart LR',
    ...left === undefined ? [] : [`  %% ${left}`],
    ...graph.nodes.map(node => `  ${id.get(node.id)}${shape(node, labels.get(node.id)!)}`),
    ...graph.edges.map(edge => `  ${id.get(edge.from)} ${arrow(edge)} ${id.get(edge.to)}`),
    ...used.map(kind => `  classDef ${className(kind)} ${STYLES[kind][2]},color:#1b1f24`),
    ...used.map(kind => `  class ${graph.nodes.filter(node => node.kind === kind).map(node => id.get(node.id)).join(',')} ${className(kind)}`),
    ...attacked.size > 0 ? [`  linkStyle ${[...attacked].sort((a, b) => a - b).join(',')} stroke:#d55e00,stroke-width:3px`] : [],
    '',
  ].join('\n');
}

/** What stands around the text of a node, and how it is filled. */
const STYLES: Readonly<Record<Subject, readonly [before: string, after: string, style: string]>> = {
  'internet': ['((', '))', 'fill:#fbdcc6,stroke:#d55e00'],
  'principal': ['([', '])', 'fill:#eceff2,stroke:#57606a'],
  'trigger': ['[/', '/]', 'fill:#fdeec2,stroke:#a87400'],
  'function': ['(', ')', 'fill:#d3e7f7,stroke:#0072b2'],
  'role': ['{{', '}}', 'fill:#eadcf5,stroke:#7a4fa3'],
  'user': ['([', '])', 'fill:#eadcf5,stroke:#7a4fa3'],
  'group': ['([', '])', 'fill:#eadcf5,stroke:#7a4fa3'],
  'data store': ['[(', ')]', 'fill:#cdeee1,stroke:#00795a'],
  'secret': ['[[', ']]', 'fill:#f8dbe9,stroke:#a8457c'],
  'key': ['[[', ']]', 'fill:#f8dbe9,stroke:#a8457c'],
  'resource': ['[', ']', 'fill:#eceff2,stroke:#57606a'],
  'rights': ['>', ']', 'fill:#fbd0cd,stroke:#b3261e'],
};

function shape(node: DescribedNode, label: string): string {
  const [before, after] = STYLES[node.kind];
  return `${before}"${escaped(label)}<br/>${escaped(labelOf(node))}"${after}`;
}

function arrow({ kind, actions, answer }: DescribedGraphEdge): string {
  const label = `${kind}${actions.length > 0 ? ` ${shortened(actions).slice(0, LONGEST)}` : ''}${answer === 'unknown' ? ' (perhaps)' : ''}`;
  const line = answer === 'unknown' ? '-.->' : kind === 'gains' ? '==>' : '-->';
  return `${line}|"${escaped(label)}"|`;
}

/** Viewers refuse texts that are very long. */
const LONGEST = 100;

function className(kind: Subject): string {
  return kind.replace(' ', '-');
}

/** A text with all that Markdown, HTML or Mermaid itself could read as more than text as numbers of characters. */
function escaped(text: string): string {
  return [...text].map(character => /[\p{L}\p{N} .,/]/u.test(character) ? character : `#${character.codePointAt(0)};`).join('');
}
