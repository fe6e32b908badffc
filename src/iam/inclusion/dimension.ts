import { Budget } from './budget';
import { Outcome } from './outcome';
import { Union } from './shortest-text';
import { TextTest, textSamples } from './text-samples';

/** A value that one aspect of a request can have, and what each test makes of it. */
export interface Point {
  readonly value: string | readonly string[] | undefined;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/** One aspect of a request about which statements ask: its action, its resource, who asks, or a key of its context. */
export interface Dimension {
  /** Points that stand for all there are, as far as some tests tell them apart; those that read best in a counterexample come first. */
  points(tests: readonly number[], budget: Budget): readonly Point[];
}

/** Tests by number, each of them once. */
export class Tests<T extends { readonly name: string }> {
  public readonly all: T[] = [];
  private readonly numbers = new Map<string, number>();

  public add(test: T): number {
    const known = this.numbers.get(test.name);
    if (known !== undefined) return known;
    this.numbers.set(test.name, this.all.length);
    return this.all.push(test) - 1;
  }
}

/** An aspect that is a text, and is always there. */
export class TextDimension implements Dimension {
  /** @param universes What it can be; of those that come first, points come first */
  constructor(private readonly universes: readonly Union[], private readonly tests: Tests<TextTest>) {}

  public points(tests: readonly number[], budget: Budget): readonly Point[] {
    return textSamples(this.universes, tests.map(each => this.tests.all[each]), budget)
      .map(({ text, outcomes }) => ({ value: text, outcomes: new Map(tests.map((test, at) => [test, outcomes[at]])) }));
  }
}
