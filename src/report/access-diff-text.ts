import { createColors } from 'picocolors';
import { principalText, shortened, TextStyle } from './access-text';
import { count, visible } from './reported';
import { AccessChange, AccessDiff, ChangeKind, DescribedPlace, DescribedRequest, Narrowing } from '../access/diff/access-change';
import { shownPlace } from '../validation/located-document';

/** What is new, in a few words. */
export const CHANGES: Readonly<Record<ChangeKind, string>> = {
  'public': 'public',
  'principal': 'new principal',
  'boundary': 'no boundary',
  'action': 'new action',
  'resource': 'new resource',
  'condition': 'fewer conditions',
  'egress': 'new egress',
  'escalation': 'new escalation',
  'attack path': 'new attack path',
};

const MOST_NARROWINGS = 10;

/** For people: what access is new, with a request that shows it, what gives it, and what was there before; then what may be new, and what is gone. */
export function accessDiffText({ changes, narrowings }: AccessDiff, { colors }: TextStyle): string {
  const paint = createColors(colors);
  const blocks = changes.map(change => [
    `${paint.bold(change.isSure ? paint.red(CHANGES[change.kind].toUpperCase()) : paint.yellow(`PERHAPS ${CHANGES[change.kind].toUpperCase()}`))} ${visible(changeText(change))}`,
    ...(change.steps ?? []).map((step, at) => `  ${at + 1}. ${visible(step)}`),
    ...change.example ? [`  for example ${visible(requestText(change.example))}`] : [],
    ...places('now', change.now).map(line => paint.dim(line)),
    ...places('before', change.before).map(line => paint.dim(line)),
    '',
  ].join('\n'));
  return [...blocks, ...gone(narrowings), summary(changes)].join('\n');
}

/** Who may now do what with what. */
export function changeText({ kind, principals, actions, resources }: AccessChange): string {
  const who = shortened(principals.map(principalText));
  if (kind === 'escalation') return `${who} comes to ${shortened(resources)}`;
  if (kind === 'attack path') return `${who} gets at ${shortened(resources)}`;
  if (kind === 'egress') return `${who} can connect to ${shortened(resources)}`;
  return `${who} may ${kind === 'public' && !actions.some(each => each.includes(':')) ? 'call ' : ''}${shortened(actions)} on ${shortened(resources)}`;
}

export function requestText({ action, resource, context }: DescribedRequest): string {
  return `${action} on ${resource}${context.length > 0 ? ` with ${context.join(' and ')}` : ''}`;
}

export function placeText({ constructPath, property, text, source }: DescribedPlace): string {
  return `${[constructPath, property].filter(Boolean).join(' ')}: ${text}${source ? ` (${shownPlace(source)})` : ''}`;
}

/** How much is new, in one line. */
export function summary(changes: readonly AccessChange[]): string {
  const sure = changes.filter(({ isSure }) => isSure).length;
  const open = changes.length - sure;
  const perhaps = open > 0 ? `; ${count(open, 'change')} that may give some, as deployment decides` : '';
  return `${sure === 0 ? 'No new access' : `${count(sure, 'change')} that give${sure === 1 ? 's' : ''} new access`}${perhaps}\n`;
}

export function narrowingText({ principals, actions, resources }: Narrowing): string {
  return `${shortened(principals.map(principalText))}: ${shortened(actions)} on ${shortened(resources)}`;
}

function places(when: string, found: readonly DescribedPlace[]): readonly string[] {
  return found.map(place => `  ${when.padEnd(6)} ${visible(placeText(place))}`);
}

function gone(narrowings: readonly Narrowing[]): readonly string[] {
  if (narrowings.length === 0) return [];
  const shown = narrowings.slice(0, MOST_NARROWINGS).map(each => `  ${visible(narrowingText(each))}`);
  const more = narrowings.length - shown.length;
  return [`No longer allowed:\n${[...shown, ...more > 0 ? [`  and ${more} more`] : []].join('\n')}\n`];
}
