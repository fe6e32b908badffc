import { createColors } from 'picocolors';
import { visible } from './reported';
import { DescribedAccess } from '../access/descriptions/described-access';
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
  return ORDER.flatMap(answer => found.filter(each => each.answer === answer)).map(({ principal, action, resource, answer, conditions, statements }) => [
    `${paint.bold(color[answer](answer.toUpperCase()))} ${paint.bold(visible(principalText(principal)))} ${visible(action)} on ${visible(resource.name)}`,
    ...conditions.map((each, index) => `  ${index === 0 ? 'if' : 'or if'} ${each.map(visible).join('\n    and ')}`),
    ...statements.map(statement => paint.dim(`  - ${statementText(statement)}`)),
    '',
  ].join('\n')).join('\n');
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
