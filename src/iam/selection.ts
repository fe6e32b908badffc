import { NamedTexts } from './named-texts';
import { LONGEST_PATTERN } from './pattern';
import { DEEPEST_NESTING } from '../model/nesting';
import { Value } from '../model/value';
import { agreed, not, Verdict, verdict } from '../model/verdict';

/** The element that names what is left out. */
const NEGATIVE = { Action: 'NotAction', Resource: 'NotResource' } as const;

/** What an element of a statement names, such as `Action`, or all but what `NotAction` names. */
export class Selection {
  /** The element of a statement, in its positive or negative form. */
  public static of(statement: Value, element: 'Action' | 'Resource'): Selection {
    if (statement.mayHave(NEGATIVE[element])) {
      const but = statement.get(NEGATIVE[element]);
      if (but.kind !== 'absent') return new Selection(but, true);
    }
    return new Selection(statement.get(element), false);
  }

  private named: NamedTexts | 'others' | undefined = undefined;

  private constructor(public readonly value: Value, public readonly negated: boolean) {}

  /** Whether the statement has the element. */
  public get isGiven(): boolean {
    return this.value.kind !== 'absent';
  }

  /** Whether it holds what `test` accepts: as one of those named, or as none of those left out. */
  public includes(test: (each: Value) => Verdict): Verdict {
    const named = anyOf(this.value, test);
    return this.negated ? not(named) : named;
  }

  /** Whether `test` accepts one of the texts that are named, or left out. */
  public anyText(test: (known: string) => boolean): Verdict {
    const { texts } = this;
    return texts ? verdict(texts.all.some(test)) : anyOf(this.value, each => text(each, test));
  }

  /** All that is named, where it is nothing but texts as they stand in the template: no value has to be made of each then. */
  public get texts(): NamedTexts | undefined {
    this.named ??= textsOf(this.value) ?? 'others';
    return this.named === 'others' ? undefined : this.named;
  }

  /** Each of those named, or left out, whatever conditions of the template that depends on. */
  public get each(): readonly Value[] {
    return this.value.items.flatMap(item => item.branches);
  }

  public toString(): string {
    const [first, second, third, ...more] = this.each.map(String);
    const shown = [first, second, third].filter(each => each !== undefined).join(', ');
    return `${this.negated ? 'all but ' : ''}${shown}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  }
}

/** Whether `test` accepts one element of a list; of a list that depends on conditions, whether it does in each case. */
export function anyOf(list: Value, test: (each: Value) => Verdict, depth = 0): Verdict {
  if (list.kind === 'absent') return 'no';
  if (depth > DEEPEST_NESTING) return 'unknown';
  if (list.kind === 'either') return agreed(list.branches.map(branch => anyOf(branch, test, depth + 1)));
  if (!Array.isArray(list.literal)) return test(list);
  let result: Verdict = 'no';
  for (const item of list.items) {
    const answer = anyOf(item, test, depth + 1);
    if (answer === 'yes') return 'yes';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}

function textsOf({ literal }: Value): NamedTexts | undefined {
  const list: readonly unknown[] = Array.isArray(literal) ? literal : [literal];
  for (const raw of list) if (typeof raw !== 'string' || raw.length > LONGEST_PATTERN) return undefined;
  return NamedTexts.of(list as readonly string[]);
}

/** Whether `test` accepts a text; unknown where the text is, or where it is longer than IAM allows. */
export function text(value: Value, test: (known: string) => boolean): Verdict {
  const known = value.text;
  if (known === undefined) return value.isKnown || value.kind === 'absent' ? 'no' : 'unknown';
  return known.length > LONGEST_PATTERN ? 'unknown' : verdict(test(known));
}
