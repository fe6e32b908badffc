import { createColors } from 'picocolors';
import { visible } from './reported';
import { DescribedAccess } from '../access/descriptions/described-access';
import { DescribedEscalation } from '../access/descriptions/described-escalation';
import { DescribedEdge } from '../access/descriptions/described-path';
import { DescribedPrincipal } from '../access/descriptions/described-principal';
import { DescribedStatement } from '../access/descriptions/described-statement';

/** How a text is shown. */
export interface TextStyle {
  readonly colors: boolean;
}

/** For people: who may do what with what, if which conditions are met, and the statements that decide; sure answers first. */
export function accessText(found: readonly DescribedAccess[], { colors }: TextStyle): string {
  const paint = createColors(colors);
  const color = { allowed: paint.green, denied: paint.red, unknown: paint.yellow };
  const ordered = ORDER.flatMap(answer => found.filter(each => each.answer === answer));
  return ordered.map(({ principal, action, resource, answer, conditions, statements }) => [
    `${paint.bold(color[answer](answer.toUpperCase()))} ${paint.bold(visible(principalText(principal)))} ${visible(action)} on ${visible(resource.name)}`,
    ...conditions.map((each, index) => `  ${index === 0 ? 'if' : 'or if'} ${each.map(visible).join('\n    and ')}`),
    ...statements.map(statement => paint.dim(`  - ${statementText(statement)}`)),
    '',
  ].join('\n')).join('\n');
}

/** For people: who comes to what, and by which steps. */
export function escalationsText(found: readonly DescribedEscalation[], { colors }: TextStyle): string {
  const paint = createColors(colors);
  return found.map(({ principal, gains, answer, steps }) => [
    `${paint.bold(answer === 'allowed' ? paint.red('ESCALATES') : paint.yellow('MAY ESCALATE'))} ${visible(principalText(principal))} to ${visible(gains)}`,
    ...steps.flatMap(({ by, target, how, actions, conditions, statements }, index) => [
      `  ${index + 1}. ${visible(`${by.join(' and ')} takes ${target.name} and ${how} (${actions.join(', ')})`)}`,
      ...conditions.map(each => `     if ${visible(each)}`),
      ...statements.map(statement => paint.dim(`     - ${statementText(statement)}`)),
    ]),
    '',
  ].join('\n')).join('\n');
}

/** For people: what can be got at, nearest first, and how. */
export function reachText(found: readonly (readonly DescribedEdge[])[], { colors }: TextStyle): string {
  const paint = createColors(colors);
  return found.map(path => {
    const last = path[path.length - 1];
    return [
      `${paint.bold(visible(last.to))}${path.some(({ answer }) => answer === 'unknown') ? ` ${paint.yellow('perhaps')}` : ''}`,
      ...path.map(step => `  ${visible(`${step.from} ${stepText(step)}`)}`),
      '',
    ].join('\n');
  }).join('\n');
}

/** What is done with what: `may s3:GetObject on Orders/Bucket`, `calls Orders/Handler by POST /orders`. */
export function stepText({ kind, to, actions }: DescribedEdge): string {
  if (actions.length === 0) return `${kind} ${to}`;
  return kind === 'may' ? `${kind} ${shortened(actions)} on ${to}` : `${kind} ${to} by ${shortened(actions)}`;
}

/** The first of several texts, and how many there are beside them. */
export function shortened([first, second, third, ...more]: readonly string[]): string {
  const shown = [first, second, third].filter(each => each !== undefined).join(', ');
  return more.length > 0 ? `${shown} and ${more.length} more` : shown;
}

const ORDER = ['allowed', 'unknown', 'denied'] as const;

export function principalText({ name, functions }: DescribedPrincipal): string {
  const [first, second, third, ...more] = functions;
  const shown = [first, second, third].filter(each => each !== undefined).join(', ');
  return functions.length === 0 ? name : `${name} (role of ${shown}${more.length > 0 ? ` and ${more.length} more` : ''})`;
}

export function statementText({ constructPath, property, policy, text, isSure }: DescribedStatement): string {
  const place = constructPath === undefined ? '' : `${constructPath} ${property}: `;
  return visible(`${place}${text}${constructPath === undefined ? '' : ` (${policy}${isSure ? '' : ', perhaps'})`}`);
}
