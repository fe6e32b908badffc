import { Automaton, State } from './automaton';
import { Budget } from './budget';
import { Wildcard } from './wildcard';
import { Verdict } from '../../model/verdict';

/** Wildcards of which one is enough. */
export type Union = readonly Wildcard[];

/**
 * The shortest text that each of `within` accepts and none of `outside`; undefined if there is none, or the budget is spent.
 */
export function shortestText(within: readonly Union[], outside: Union, budget: Budget): string | undefined {
  const key = [...within, outside].map(union => union.map(({ number }) => number).join()).join(' ');
  const known = answers.get(key);
  if (known) return budget.spend(known.cost) ? known.text : undefined;
  const left = budget.left;
  const text = findShortest(within, outside, budget);
  if (budget.isSpent) return text;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  answers.set(key, { text, cost: left - budget.left });
  return text;
}

/** What was found, and what it cost: the same is asked again and again, and costs as much each time, so that no answer depends on those before. */
const answers = new Map<string, { readonly text: string | undefined; readonly cost: number }>();
const MOST_ANSWERS = 10_000;

function findShortest(within: readonly Union[], outside: Union, budget: Budget): string | undefined {
  const unions = narrowed(within, outside, budget);
  const members = unions.map(union => new Set(union));
  let best: string | undefined;
  const choose = (at: number, chosen: Union): void => {
    if (!budget.spend()) return;
    if (best !== undefined && chosen.some(({ shortest }) => shortest >= lengthOf(best!))) return;
    if (at === unions.length) {
      best = shortestOf(chosen, outside, budget, best === undefined ? Infinity : lengthOf(best)) ?? best;
      return;
    }
    // What was chosen from one union is often in the next, too, and nothing is to be gained by a further choice.
    if (chosen.some(each => members[at].has(each))) return choose(at + 1, chosen);
    for (const choice of unions[at]) if (chosen.every(other => other.overlaps(choice))) choose(at + 1, [...chosen, choice]);
  };
  choose(0, []);
  return best;
}

/** Whether all that each of `within` accepts is accepted by one of `outside`. */
export function isCovered(within: readonly Union[], outside: Union, budget: Budget): Verdict {
  if (shortestText(within, outside, budget) !== undefined) return 'no';
  return budget.isSpent ? 'unknown' : 'yes';
}

/** Of more choices it isn't found out which of them others make superfluous. */
const MOST_COMPARED = 64;

/** Without what can't make a difference; the fewest choices come first, and of them the shortest. */
function narrowed(within: readonly Union[], outside: Union, budget: Budget): readonly Union[] {
  const same = new Set(outside);
  const unions = within.map(union => union.filter(each => budget.spend() && !same.has(each) && !outside.some(other => other.surelyCovers(each))));
  return unions
    .map((union, at) => union.filter(each => unions.every((others, where) => where === at || others.some(other => other.overlaps(each)))))
    .map(union => union.length > MOST_COMPARED ? union : without(union, (each, other) => other.surelyCovers(each)))
    .map(union => [...union].sort((one, other) => one.shortest - other.shortest))
    .sort((one, other) => one.length - other.length);
}

/** Those that no other makes superfluous; of two that make each other so, the first. */
function without(wildcards: Union, isSuperfluous: (each: Wildcard, beside: Wildcard) => boolean): Union {
  return wildcards.filter((each, at) => !wildcards.some((other, where) =>
    where !== at && isSuperfluous(each, other) && (where < at || !isSuperfluous(other, each))));
}

/** The same for what all of `within` accept; texts of `limit` and more are of no use. */
function shortestOf(within: Union, outside: Union, budget: Budget, limit: number): string | undefined {
  const needed = without(within, (each, other) => each.surelyCovers(other));
  const relevant = outside.filter(each => needed.every(other => other.overlaps(each)));
  if (relevant.some(each => needed.some(other => each.surelyCovers(other)))) return undefined;
  const free = freshCharacter([...needed, ...relevant]);
  const [only] = needed;
  if (only === undefined) return walk([], relevant, free, budget, limit);
  // Of one wildcard nothing is shorter than what is left when those that repeat stand for nothing.
  const guess = only.places.flatMap(({ repeats, letters }) => repeats ? [] : [letters?.[0] ?? free]).join('');
  if (lengthOf(guess) < limit && needed.every(each => each.accepts(guess)) && !relevant.some(each => each.accepts(guess))) return guess;
  return walk(needed, relevant, free, budget, limit);
}

interface Reached {
  readonly states: readonly State[];
  readonly text: string;
}

/** All texts at once, the shorter ones first, by the states that they lead to. */
function walk(within: Union, outside: Union, free: string, budget: Budget, limit: number): string | undefined {
  const automata = [...within, ...outside].map(each => Automaton.of(each));
  const isHopeless = (state: State, at: number) => at < within.length ? state.isDead : state.isUniversal;
  const seen = new Set<string>();
  let reached: Reached[] = [{ states: automata.map(({ start }) => start), text: '' }];
  if (reached[0].states.some(isHopeless)) return undefined;
  for (let length = 0; length < limit && reached.length > 0; length++) {
    const found = reached.find(({ states }) => states.every((state, at) => state.accepts === at < within.length));
    if (found) return found.text;
    const next: Reached[] = [];
    for (const { states, text } of reached) {
      for (const character of new Set([...states.flatMap(({ letters }) => letters), free])) {
        if (!budget.spend(automata.length)) return undefined;
        const to = automata.map((automaton, at) => automaton.step(states[at], character));
        if (to.some(isHopeless)) continue;
        const key = to.map(({ number }) => number).join();
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ states: to, text: text + character });
      }
    }
    reached = next;
  }
  return undefined;
}

/** In characters, of which some count double in `length`. */
function lengthOf(text: string): number {
  return [...text].length;
}

/** A character that stands for all that no wildcard names; one that reads well in a counterexample. */
export function freshCharacter(wildcards: Iterable<Wildcard>): string {
  const taken = new Set<string>();
  for (const { letters } of wildcards) for (const each of letters) taken.add(each);
  for (const candidate of 'xyzwvutsrqponmlkjihgfedcba0123456789') if (!taken.has(candidate)) return candidate;
  let code = 0xa1;
  while (taken.has(String.fromCodePoint(code))) code++;
  return String.fromCodePoint(code);
}
