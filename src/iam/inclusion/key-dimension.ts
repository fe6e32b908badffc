import { AddressTest, addressSamples } from './address-samples';
import { Budget } from './budget';
import { ConditionTest, ValueTest } from './condition-test';
import { Dimension, Point, Tests } from './dimension';
import { dateSamples, numberSamples, OrderedTest } from './ordered-samples';
import { Outcome, Sample } from './outcome';
import { Union } from './shortest-text';
import { TextTest, textSamples } from './text-samples';
import { BOOLEANS, TEXTS } from './well-formed';

/** Keys of all services that have several values. */
const MULTIVALUED = new Set(['aws:calledvia', 'aws:principalorgpaths', 'aws:principalservicenameslist', 'aws:resourceorgpaths',
  'aws:sourceorgpaths', 'aws:tagkeys', 'aws:vpceorgpaths']);

/** A key of the context, which may be absent, and may have several values. */
export class KeyDimension implements Dimension {
  /** @param arns What an ARN can be */
  constructor(private readonly key: string, private readonly tests: Tests<ConditionTest>, private readonly arns: Union) {}

  public points(tests: readonly number[], budget: Budget): readonly Point[] {
    const points: Point[] = [{ value: undefined, outcomes: new Map(tests.map(test => [test, this.tests.all[test].onAbsent])) }];
    const singles = this.samples(tests, budget)
      .map(({ text, outcomes }) => ({ value: text, outcomes: new Map(tests.map((test, at) => [test, outcomes[at]])) }));
    points.push(...singles);
    return this.mayHaveSeveral ? [...points, ...this.sets(singles, budget)] : points;
  }

  /** Keys of services have several values where a policy asks for all or any of them. */
  private get mayHaveSeveral(): boolean {
    if (this.key.startsWith('aws:')) return MULTIVALUED.has(this.key);
    return this.tests.all.some(({ quantifier }) => quantifier);
  }

  /** What the values are taken to be; a test that takes them for something else can't be compared with others. */
  private get kind(): ValueTest['of'] {
    return this.tests.all.map(({ value }) => value.of).find(of => of !== 'presence' && of !== 'nothing') ?? 'text';
  }

  private samples(tests: readonly number[], budget: Budget): readonly Sample[] {
    const values = tests.map(test => this.tests.all[test].value);
    const comparable = values.flatMap((value, at) => value.of === this.kind ? [{ value, at }] : []);
    return this.classes(comparable.map(({ value }) => value), budget).map(({ text, outcomes }) => ({
      text,
      outcomes: values.map((value, at) => {
        if (value.of === 'presence') return value.outcome;
        const where = comparable.findIndex(each => each.at === at);
        return where < 0 ? [`${this.tests.all[tests[at]].name}\n${text}`] : outcomes[where];
      }),
    }));
  }

  private classes(values: readonly ValueTest[], budget: Budget): readonly Sample[] {
    const tests = values.map(value => 'test' in value ? value.test : undefined);
    switch (this.kind) {
      case 'number': return numberSamples(tests as OrderedTest[]);
      case 'date': return dateSamples(tests as OrderedTest[]);
      case 'address': return addressSamples(tests as AddressTest[]);
      default: return textSamples([this.universe], tests as TextTest[], budget);
    }
  }

  private get universe(): Union {
    const kinds = new Set(this.tests.all.map(({ value }) => value.of === 'text' ? value.values : 'any'));
    return kinds.has('booleans') ? BOOLEANS : kinds.has('arns') ? this.arns : TEXTS;
  }

  /** Several values at once, as few as it takes for what the tests then say. */
  private sets(singles: readonly Point[], budget: Budget): readonly Point[] {
    const seen = new Set(singles.map(fingerprint));
    const found: Point[] = [];
    for (let last = singles; last.length > 0;) {
      const next: Point[] = [];
      for (const set of last) {
        for (const single of singles) {
          if (!budget.spend()) return found;
          const both = this.together(set, single);
          const key = fingerprint(both);
          if (seen.has(key)) continue;
          seen.add(key);
          next.push(both);
        }
      }
      found.push(...next);
      last = next;
    }
    return found;
  }

  private together(set: Point, single: Point): Point {
    const value = [set.value, single.value].flat().flatMap(each => each ?? []);
    const outcomes = new Map([...set.outcomes].map(([test, outcome]) =>
      [test, this.outcomeOfBoth(this.tests.all[test], outcome, single.outcomes.get(test)!, value)]));
    return { value, outcomes };
  }

  private outcomeOfBoth({ quantifier, value: { of }, name }: ConditionTest, one: Outcome, other: Outcome, values: readonly string[]): Outcome {
    if (of === 'presence') return one;
    // What an operator for one value makes of several isn't documented.
    if (!quantifier) return [JSON.stringify([name, ...[...new Set(values)].sort()])];
    const decisive = quantifier === 'all' ? 'no' : 'yes';
    if (one === decisive || other === decisive) return decisive;
    if (typeof one === 'string') return other;
    if (typeof other === 'string') return one;
    return quantifier === 'any' ? [...new Set([...one, ...other])].sort() : [JSON.stringify([name, ...[...new Set(values)].sort()])];
  }
}

/** What tests make of it; points that agree in that stand for each other. */
function fingerprint({ outcomes }: Point): string {
  return JSON.stringify([...outcomes]);
}
