import { DescribedAttackPath, DescribedGraph, DescribedGraphEdge, DescribedNode } from '../../../access/descriptions/described-graph';
import { Subject, SUBJECTS } from '../../../access/graph/subjects';
import { Multimap } from '../../../model/multimap';
import { shortened } from '../../access-text';
import { labelOf } from '../../graph/node-label';
import { count } from '../../reported';
import { html, Markup } from '../markup';
import { sentence } from '../sentence';

/** A graph to read: the attack paths, then each node with what it can do, what can be done to it, and where that comes from. */
export function graphList(graph: DescribedGraph): Markup {
  const { nodes, edges, attackPaths } = graph;
  const place = new Map(nodes.map(({ id }, at) => [id, at]));
  const name = (id: string) => html`<a href="#node-${place.get(id)}">${nodes[place.get(id)!].name}</a>`;
  const leaving = groupedBy(edges, ({ from }) => from);
  const arriving = groupedBy(edges, ({ to }) => to);

  const path = ({ to, answer, edges: steps }: DescribedAttackPath, at: number) => html`<details class="path" id="path-${at}" data-edges="${steps.join(' ')}">
<summary><span class="name">To ${nodes[place.get(to)!].name}</span> <span class="kind">${answer === 'unknown' ? 'perhaps, ' : ''}${count(steps.length, 'step')}</span></summary>
<ol>${steps.map(step => html`<li>${name(edges[step].from)} ${done(edges[step])} ${name(edges[step].to)}${because(edges[step])}</li>`)}</ol></details>`;

  const node = (each: DescribedNode) => {
    const [out, into] = [leaving.get(each.id), arriving.get(each.id)];
    return html`<details class="node" id="node-${place.get(each.id)}"><summary><span class="name">${each.name}</span> <span class="kind">${labelOf(each)}</span></summary>
${out.length === 0 ? undefined : html`<ul>${out.map(edge => html`<li>${done(edge)} ${name(edge.to)}${because(edge)}</li>`)}</ul>`}
${into.length === 0 ? undefined : html`<h4>Who comes here</h4><ul>${into.map(edge => html`<li>${name(edge.from)} ${done(edge)} it${because(edge)}</li>`)}</ul>`}</details>`;
  };
  return html`${attackPaths.length === 0 ? undefined : html`<h3>Attack paths</h3>${attackPaths.map(path)}`}
${SUBJECTS.map(kind => [kind, nodes.filter(each => each.kind === kind)] as const).filter(([, of]) => of.length > 0)
  .map(([kind, of]) => html`<h3>${HEADINGS[kind]}</h3>${of.map(node)}`)}`;
}

const HEADINGS: Readonly<Record<Subject, string>> = {
  'internet': 'Everybody',
  'principal': 'Principals from elsewhere',
  'trigger': 'Triggers',
  'function': 'Functions',
  'role': 'Roles',
  'user': 'Users',
  'group': 'Groups',
  'data store': 'Data stores',
  'secret': 'Secrets',
  'key': 'Keys',
  'resource': 'Other resources',
  'rights': 'Rights beyond those given',
};

function done({ kind, actions, answer }: DescribedGraphEdge): Markup {
  const by = actions.length === 0 ? undefined : html` <code>${shortened(actions)}</code>${kind === 'may' ? ' on' : ''}`;
  return html`<b>${answer === 'unknown' ? 'perhaps ' : ''}${kind}</b>${by}`;
}

const MOST_REASONS = 4;

function because({ reasons }: DescribedGraphEdge): Markup {
  return html`<ul class="why">${reasons.slice(0, MOST_REASONS).map(({ constructPath, property, text }) =>
    html`<li>${sentence(text)} <code>${constructPath}${property === undefined ? '' : ` ${property}`}</code></li>`)}
${reasons.length > MOST_REASONS ? html`<li>and ${reasons.length - MOST_REASONS} more</li>` : undefined}</ul>`;
}

function groupedBy(edges: readonly DescribedGraphEdge[], end: (edge: DescribedGraphEdge) => string): Multimap<string, DescribedGraphEdge> {
  const groups = new Multimap<string, DescribedGraphEdge>();
  for (const edge of edges) groups.add(end(edge), edge);
  return groups;
}
