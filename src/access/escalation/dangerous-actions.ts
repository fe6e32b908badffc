import { Method } from './method';
import { METHODS } from './methods';
import { matches } from '../../iam/pattern';
import { Statement } from '../../iam/statement';
import { Multimap } from '../../model/multimap';
import { Identity } from '../principals/identity';

const NEEDS = METHODS.map(method => ({ method, actions: neededBy(method) }));
/** All actions that some method needs. */
const NEEDED = [...new Set(NEEDS.flatMap(({ actions }) => actions))].map(action => ({ action, text: action.toLowerCase() }));
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
  return granted.size === 0 ? [] : NEEDS.filter(({ actions }) => actions.every(action => granted.has(action))).map(({ method }) => method);
}

/** Whether there is one at all. */
export function anyMethodWith(granted: ReadonlySet<string>): boolean {
  for (const action of granted) if (BY_FIRST.get(action).some(({ actions }) => actions.every(each => granted.has(each)))) return true;
  return false;
}

const BY_FIRST = new Multimap<string, (typeof NEEDS)[number]>();
for (const each of NEEDS) BY_FIRST.add(each.actions[0], each);

const byIdentity = new WeakMap<Identity, ReadonlySet<string>>();

function find(statements: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { allows, actions } of statements) {
    if (allows === 'no') continue;
    const named = actions.texts ? actions.texts.once(NEEDED, texts => texts.flatMap(matched)) : actions.each.flatMap(({ text = '' }) => matched(text));
    if (!actions.negated) for (const action of named) found.add(action);
    else NEEDED.forEach(({ action }) => named.includes(action) || found.add(action));
  }
  return found;
}

/** The actions that a pattern matches. */
function matched(pattern: string): readonly string[] {
  const text = pattern.toLowerCase();
  const [service] = text.split(':');
  return /[*?]/.test(service) || SERVICES.has(service) ? NEEDED.filter(each => matches(text, each.text)).map(({ action }) => action) : [];
}
