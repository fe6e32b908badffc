import { Budget } from './budget';
import { Outcome, outcomeIf, Sample } from './outcome';
import { shortestText, Union } from './shortest-text';
import { Wildcard } from './wildcard';

/** A test of a text. */
export interface TextTest {
  /** What it surely matches. */
  readonly sure: Union;
  /** What it matches depending on more than the text, such as patterns with policy variables: at most this, by what they read like. */
  readonly vague: ReadonlyMap<string, Wildcard>;
  /** Whether it holds for what isn't matched. */
  readonly negated: boolean;
  /** Whether even a text that can't be matched might not be let pass, since a policy variable might have no value. */
  readonly mayFail: boolean;
  readonly name: string;
}

interface Atom {
  readonly within: readonly Union[];
  readonly outside: Union;
  readonly text: string;
}

/** The shortest text of each class that the tests tell apart, universe by universe, the shorter ones first. */
export function textSamples(universes: readonly Union[], tests: readonly TextTest[], budget: Budget): readonly Sample[] {
  const literals = literalsIn(tests);
  return universes.flatMap(universe => {
    const texts = [...[...literals].filter(text => isIn(universe, text)), ...atomsOf(universe, tests, literals, budget).map(({ text }) => text)];
    const classes = new Map<string, Sample>();
    for (const text of texts.sort((one, other) => one.length - other.length)) {
      const outcomes = tests.map(test => outcomeOf(test, text));
      const key = JSON.stringify(outcomes);
      if (!classes.has(key)) classes.set(key, { text, outcomes });
    }
    return [...classes.values()];
  });
}

/** Texts that are named as such: each is looked at by itself, which costs less than to tell them from all others by what they are not. */
function literalsIn(tests: readonly TextTest[]): ReadonlySet<string> {
  return new Set(tests.flatMap(({ sure }) => sure.flatMap(each => each.exactText ?? [])));
}

/** What is left, as far as patterns tell it apart. */
function atomsOf(universe: Union, tests: readonly TextTest[], literals: ReadonlySet<string>, budget: Budget): Atom[] {
  const first = unnamedText([universe], [], literals, budget);
  let atoms: Atom[] = first === undefined ? [] : [{ within: [universe], outside: [], text: first }];
  const distinctions = new Map<string, Union>();
  for (const { sure, vague, name } of tests) {
    const patterns = sure.filter(({ isExact }) => !isExact);
    if (patterns.length > 0) distinctions.set(name, patterns);
    for (const [pattern, wildcard] of vague) distinctions.set(`vague ${pattern}`, [wildcard]);
  }
  for (const union of distinctions.values()) {
    atoms = atoms.flatMap(atom => split(atom, union, literals, budget));
    if (!budget.spend(atoms.length)) break;
  }
  return atoms;
}

/** The shortest text that isn't one of some. */
function unnamedText(within: readonly Union[], outside: Union, literals: ReadonlySet<string>, budget: Budget): string | undefined {
  const named: Wildcard[] = [];
  for (;;) {
    const text = shortestText(within, [...outside, ...named], budget);
    if (text === undefined || !literals.has(text)) return text;
    named.push(Wildcard.exactly(text));
  }
}

function split(atom: Atom, union: Union, literals: ReadonlySet<string>, budget: Budget): Atom[] {
  const { within, outside, text } = atom;
  // Most patterns have nothing to do with each other, which costs little to see.
  if (within.some(others => !others.some(other => union.some(each => each.overlaps(other))))) return [atom];
  const isInner = isIn(union, text);
  // The shortest text of the whole is the shortest of the part in which it is.
  const inner = isInner ? text : unnamedText([...within, union], outside, literals, budget);
  const outer = isInner ? unnamedText(within, [...outside, ...union], literals, budget) : text;
  return [
    ...inner === undefined ? [] : [{ within: [...within, union], outside, text: inner }],
    ...outer === undefined ? [] : [{ within, outside: [...outside, ...union], text: outer }],
  ];
}

/** What a test makes of one text. */
export function outcomeOf({ sure, vague, negated, mayFail, name }: TextTest, text: string): Outcome {
  if (isIn(sure, text)) return outcomeIf(!negated);
  const perhaps = [...vague].filter(([, wildcard]) => wildcard.accepts(text)).map(([pattern]) => `${pattern}\n${text}`);
  if (!negated) return perhaps.length > 0 ? perhaps : 'no';
  return perhaps.length > 0 || mayFail ? [`${name}\n${text}`] : 'yes';
}

/** Whether one of some wildcards accepts a text. */
export function isIn(union: Union, text: string): boolean {
  let parts = partsOf.get(union);
  if (!parts) {
    parts = { texts: new Set(union.flatMap(each => each.exactText ?? [])), patterns: union.filter(({ isExact }) => !isExact) };
    partsOf.set(union, parts);
  }
  return parts.texts.has(text) || parts.patterns.some(each => each.accepts(text));
}

/** The texts in a union, which are many and found at once, and the patterns. */
const partsOf = new WeakMap<Union, { readonly texts: ReadonlySet<string>; readonly patterns: Union }>();
