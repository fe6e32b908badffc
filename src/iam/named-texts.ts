import { covers, overlap } from './pattern';

/**
 * The texts of an element `Action`. The statements of an app name the same few lists over and over, as grants of the CDK write them: each list
 * is one object, which is asked each question once.
 */
export class NamedTexts {
  public static of(texts: readonly string[]): NamedTexts {
    const first = texts[0] ?? '';
    const alike = KNOWN.get(first);
    if (alike) for (const known of alike) if (isSame(known.all, texts)) return known;
    const added = new NamedTexts(texts);
    if (alike && alike.length < MOST_ALIKE) alike.push(added);
    else if (!alike && KNOWN.size < MOST_KNOWN) KNOWN.set(first, [added]);
    return added;
  }

  private readonly lowerCase: readonly string[];
  private readonly covering = new Map<string, boolean>();
  private readonly services = new Map<string, boolean>();
  private readonly found = new WeakMap<object, unknown>();

  private constructor(public readonly all: readonly string[]) {
    this.lowerCase = all.map(text => text.toLowerCase());
  }

  /** What `find` finds in them: once for what it is about, which tells one question from others. */
  public once<T>(about: object, find: (texts: readonly string[]) => T): T {
    const known = this.found.get(about);
    if (known !== undefined || this.found.has(about)) return known as T;
    const found = find(this.all);
    this.found.set(about, found);
    return found;
  }

  /** Whether one of them takes in all that `action`, in lower case, stands for. */
  public cover(action: string): boolean {
    return remembered(this.covering, action, () => this.lowerCase.some(text => covers(text, action)));
  }

  /** Whether one of them and `action`, in lower case, have something in common. */
  public overlap(action: string): boolean {
    return this.lowerCase.some(text => overlap(text, action));
  }

  /** Whether one of them is, or may be, about a service. */
  public mayConcern(service: string): boolean {
    return remembered(this.services, service, () => this.lowerCase.some(text => covers(text.split(':')[0], service)));
  }
}

/** By their first text. */
const KNOWN = new Map<string, NamedTexts[]>();
const MOST_KNOWN = 5000;
const MOST_ALIKE = 20;
const MOST_ANSWERS = 1000;

function remembered(answers: Map<string, boolean>, question: string, compute: () => boolean): boolean {
  let answer = answers.get(question);
  if (answer === undefined) {
    answer = compute();
    if (answers.size < MOST_ANSWERS) answers.set(question, answer);
  }
  return answer;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
