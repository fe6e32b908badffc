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
  return universes.flatMap(universe => atomsOf(universe, tests, budget)
    .sort((one, other) => one.text.length - other.text.length)
    .map(({ text }) => ({ text, outcomes: tests.map(test => outcomeOf(test, text)) })));
}

function atomsOf(universe: Union, tests: readonly TextTest[], budget: Budget): Atom[] {
  const first = shortestText([universe], [], budget);
  let atoms: Atom[] = first === undefined ? [] : [{ within: [universe], outside: [], text: first }];
  const distinctions = new Map<string, Union>();
  for (const { sure, vague, name } of tests) {
    if (sure.length > 0) distinctions.set(name, sure);
    for (const [pattern, wildcard] of vague) distinctions.set(`vague ${pattern}`, [wildcard]);
  }
  for (const union of distinctions.values()) {
    atoms = atoms.flatMap(atom => split(atom, union, budget));
    if (!budget.spend(atoms.length)) break;
  }
  return atoms;
}

function split(atom: Atom, union: Union, budget: Budget): Atom[] {
  const { within, outside, text } = atom;
  // Most patterns have nothing to do with each other, which costs little to see.
  if (within.some(others => !others.some(other => union.some(each => each.overlaps(other))))) return [atom];
  const isIn = union.some(each => each.accepts(text));
  // The shortest text of the whole is the shortest of the part in which it is.
  const inner = isIn ? text : shortestText([...within, union], outside, budget);
  const outer = isIn ? shortestText(within, [...outside, ...union], budget) : text;
  return [
    ...inner === undefined ? [] : [{ within: [...within, union], outside, text: inner }],
    ...outer === undefined ? [] : [{ within, outside: [...outside, ...union], text: outer }],
  ];
}

/** What a test makes of one text. */
export function outcomeOf({ sure, vague, negated, mayFail, name }: TextTest, text: string): Outcome {
  if (sure.some(each => each.accepts(text))) return outcomeIf(!negated);
  const perhaps = [...vague].filter(([, wildcard]) => wildcard.accepts(text)).map(([pattern]) => `${pattern}\n${text}`);
  if (!negated) return perhaps.length > 0 ? perhaps : 'no';
  return perhaps.length > 0 || mayFail ? [`${name}\n${text}`] : 'yes';
}
