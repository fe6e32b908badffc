import { Method } from './method';
import { METHODS } from './methods';
import { matches } from '../../iam/pattern';
import { Statement } from '../../iam/statement';
import { Identity } from '../principals/identity';

/** All actions that some method needs. */
const NEEDED = [...new Set(METHODS.flatMap(neededBy))].map(action => ({ action, text: action.toLowerCase() }));
const SERVICES = new Set(NEEDED.map(({ text }) => text.split(':')[0]));

export function neededBy({ onTarget, beside }: Method): readonly string[] {
  return [...onTarget, ...beside];
}

/** Of the actions that methods need, those that an identity is granted on anything, by name. Most are granted none, which costs next to nothing to see. */
export function dangerousActions(identity: Identity): ReadonlySet<string> {
  const known = byIdentity.get(identity) ?? find(identity.statements());
  byIdentity.set(identity, known);
  return known;
}

/** The methods that somebody may carry out who is granted these actions by name. */
export function methodsWith(granted: ReadonlySet<string>): readonly Method[] {
  return granted.size === 0 ? [] : METHODS.filter(method => neededBy(method).every(action => granted.has(action)));
}

const byIdentity = new WeakMap<Identity, ReadonlySet<string>>();

function find(statements: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { allows, actions } of statements) {
    if (allows === 'no') continue;
    const named = (actions.texts ?? actions.each.map(({ text = '' }) => text)).map(matched);
    if (!actions.negated) for (const each of named) for (const action of each) found.add(action);
    else NEEDED.forEach(({ action }) => named.some(each => each.includes(action)) || found.add(action));
  }
  return found;
}

const NOTHING: readonly string[] = [];
const BY_PATTERN = new Map<string, readonly string[]>();
const MOST_PATTERNS = 5000;

/** The actions that a pattern matches. Policies name the same few over and over. */
function matched(pattern: string): readonly string[] {
  const known = BY_PATTERN.get(pattern);
  if (known) return known;
  const text = pattern.toLowerCase();
  const [service] = text.split(':');
  const found = /[*?]/.test(service) || SERVICES.has(service) ? NEEDED.filter(each => matches(text, each.text)).map(({ action }) => action) : NOTHING;
  if (BY_PATTERN.size < MOST_PATTERNS) BY_PATTERN.set(pattern, found);
  return found;
}
