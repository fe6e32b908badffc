import { createColors } from 'picocolors';
import { DescribedAttackPath, DescribedGraph, DescribedGraphEdge, DescribedNode } from '../../access/descriptions/described-graph';
import { SUBJECTS } from '../../access/graph/subjects';
import { stepText, TextStyle } from '../access-text';
import { count, visible } from '../reported';

/** For people: the attack paths step by step, then what each node can do, with where it comes from. */
export function graphText({ nodes, edges, attackPaths }: DescribedGraph, { colors }: TextStyle): string {
  const paint = createColors(colors);
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const line = (edge: DescribedGraphEdge) => `${visible(stepText({ ...edge, to: names.get(edge.to)! }))}${edge.answer === 'unknown' ? paint.yellow(' perhaps') : ''}`;
  const reasons = (edge: DescribedGraphEdge) => edge.reasons.map(({ constructPath, property, text }) =>
    paint.dim(`    - ${visible(`${constructPath}${property === undefined ? '' : ` ${property}`}: ${text}`)}`));

  const path = ({ to, answer, edges: steps }: DescribedAttackPath) => [
    `${paint.bold(answer === 'allowed' ? paint.red('ATTACK PATH') : paint.yellow('POSSIBLE ATTACK PATH'))} to ${paint.bold(visible(names.get(to)!))}`,
    ...steps.map((at, index) => `  ${index + 1}. ${visible(names.get(edges[at].from)!)} ${line(edges[at])}`),
    '',
  ];
  const node = ({ id, name, kind }: DescribedNode) => {
    const leaving = edges.filter(({ from }) => from === id);
    return leaving.length === 0 ? [] : [
      `${paint.bold(visible(name))} (${kind})`,
      ...leaving.flatMap(edge => [`  ${line(edge)}`, ...reasons(edge)]),
      '',
    ];
  };
  return [summary({ nodes, edges, attackPaths }), '', ...attackPaths.flatMap(path), ...nodes.flatMap(node)].join('\n');
}

/** How much there is of what: `2 functions, 2 roles, 1 data store; 3 attack paths`. */
export function summary({ nodes, attackPaths }: DescribedGraph): string {
  const kinds = SUBJECTS.filter(kind => kind !== 'internet' && kind !== 'rights')
    .map(kind => [nodes.filter(node => node.kind === kind).length, kind] as const)
    .filter(([number]) => number > 0).map(([number, kind]) => count(number, kind));
  return `${kinds.join(', ') || 'nothing that has access to anything'}; ${count(attackPaths.length, 'attack path')}`;
}
