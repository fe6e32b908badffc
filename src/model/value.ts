import { keysOf } from './path-keys';
import { rendered, sortedKeys } from './rendered';
import type { Resource } from './resource';
import type { Scope } from './scope';
import { agreed, Verdict, verdict } from './verdict';

export type Scalar = string | number | boolean;

/**
 * What a template says about a property, as far as it can be known before deployment.
 *
 * - `absent`: not set, or set to `AWS::NoValue`
 * - `known`: a scalar, a list or a map; what a list or map holds is read by `items`, `get` and `entries`, each a value again
 * - `reference`: an attribute of one resource of the app, whatever stack it is in
 * - `either`: one of several values, by a condition or parameter that only deployment decides
 * - `unknown`: anything else; `why` says what couldn't be decided, and `parts` what is known of a text
 */
export type Kind = 'absent' | 'known' | 'reference' | 'either' | 'unknown';

/** What there is to say of values that aren't known, which are few: kept apart, so that the many others are small. */
interface Detail {
  readonly why?: string;
  readonly target?: Resource;
  readonly attribute?: string;
  readonly parts?: readonly Part[];
  readonly branches?: readonly Value[];
  readonly isHidden?: boolean;
}

/** What was read of a list or map: kept apart, since most values are neither. Each has both, so that all take the same little space. */
interface Below {
  elements: readonly Value[] | undefined;
  child: Child | undefined;
}

/** What was read below one key: those of a map are few, and a list of them is smaller than a map, and sooner searched. */
interface Child {
  readonly key: string;
  readonly value: Value;
  readonly next?: Child;
}

const LONGEST_LIST = 20;

const NO_DETAIL: Detail = {};
const NO_PARTS: readonly Part[] = [];
const NO_TARGETS: readonly Resource[] = [];
const NO_ITEMS: readonly Value[] = [];
const NO_ENTRIES: readonly (readonly [string, Value])[] = [];

export class Value {
  public static readonly ABSENT = new Value('absent');

  public static known(raw: unknown, scope?: Scope): Value {
    return new Value('known', raw, scope);
  }

  public static reference(target: Resource, attribute: string): Value {
    return new Value('reference', undefined, undefined, { target, attribute });
  }

  public static unknown(why: string, parts?: readonly Part[]): Value {
    return new Value('unknown', undefined, undefined, { why, parts });
  }

  /** What the template itself calls a secret: a parameter with `NoEcho`. */
  public static hidden(why: string): Value {
    return new Value('unknown', undefined, undefined, { why, isHidden: true });
  }

  /** One of `values`, which are told apart by `why`; the values of an `either` among them count as its own. */
  public static either(values: readonly Value[], why: string): Value {
    const branches = values.flatMap(value => value.branches);
    if (branches.length === 1) return branches[0];
    if (branches.length === 0 || branches.length > MOST_BRANCHES) return Value.unknown(why);
    return new Value('either', undefined, undefined, { why, branches });
  }

  /** What was read of a list or map. */
  private below: Below | undefined = undefined;

  private constructor(
    public readonly kind: Kind,
    private readonly raw?: unknown,
    private readonly scope?: Scope,
    private readonly detail: Detail = NO_DETAIL,
  ) {}

  /** What couldn't be decided, in the words of the template: `parameter Stage`, `condition IsProduction`. */
  public get why(): string | undefined {
    return this.detail.why;
  }

  /** The resource that a reference names. */
  public get target(): Resource | undefined {
    return this.detail.target;
  }

  /** What of it is named: `Ref`, `Arn`, `QueueName`. */
  public get attribute(): string | undefined {
    return this.detail.attribute;
  }

  /** What an unknown text is made of, in order. */
  public get parts(): readonly Part[] {
    return this.detail.parts ?? NO_PARTS;
  }

  /** Whether the template itself calls it a secret. */
  public get isHidden(): boolean {
    return this.detail.isHidden ?? false;
  }

  /** The values it may turn out to be: one unless it depends on conditions. */
  public get branches(): readonly Value[] {
    return this.detail.branches ?? [this];
  }

  /** The scalar, list or map as it stands in the template, if known; use it for scalars. */
  public get literal(): unknown {
    return this.kind === 'known' ? this.raw : undefined;
  }

  public get isKnown(): boolean {
    return this.kind === 'known';
  }

  /** The text, if known; numbers and booleans as CloudFormation writes them. */
  public get text(): string | undefined {
    const { raw } = this;
    // What isn't known has nothing raw.
    if (typeof raw === 'string') return raw;
    return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
  }

  /** The number, if known, also where the template has it in quotes. */
  public get number(): number | undefined {
    if (typeof this.raw === 'number' && Number.isFinite(this.raw)) return this.raw;
    const { text } = this;
    const number = text === undefined || text.trim() === '' ? NaN : Number(text);
    return Number.isFinite(number) ? number : undefined;
  }

  /** The boolean, if known, also where the template has it in quotes. */
  public get boolean(): boolean | undefined {
    if (typeof this.raw === 'boolean') return this.raw;
    const text = this.text?.toLowerCase();
    return text === 'true' || text === 'false' ? text === 'true' : undefined;
  }

  /** Whether there is a value at all. */
  public get isSet(): Verdict {
    return this.kind === 'either' ? agreed(this.branches.map(({ isSet }) => isSet)) : verdict(this.kind !== 'absent');
  }

  /** Whether there is a value at a path of keys, which nobody can say of a map that isn't known. */
  public has(path: string): Verdict {
    return agreed(this.branches.map(branch => branch.isKnown || branch.kind === 'absent' ? branch.get(path).isSet : 'unknown'));
  }

  /** Whether there may be a value at a key: no only of what is known not to have it, which is sooner asked than what stands there. */
  public mayHave(key: string): boolean {
    if (this.kind !== 'known') return this.kind !== 'absent';
    return typeof this.raw === 'object' && this.raw !== null && Object.hasOwn(this.raw, key);
  }

  /** What is below a path of keys such as `VpcConfig.SubnetIds`; indexes of lists are keys, too. */
  public get(path: string): Value {
    if (this.kind === 'absent') return this;
    if (!path.includes('.')) return this.child(path);
    let value: Value = this;
    for (const key of keysOf(path)) {
      value = value.child(key);
      if (value.kind === 'absent') break;
    }
    return value;
  }

  /** The elements of a list; a single value is a list of one, as in policies. Unknown values are one unknown element. */
  public get items(): readonly Value[] {
    if (this.kind === 'absent') return NO_ITEMS;
    if (this.kind === 'either') return this.branches.flatMap(branch => branch.items);
    if (this.kind !== 'known' || !Array.isArray(this.raw)) return [this];
    const below = this.below ??= { elements: undefined, child: undefined };
    return below.elements ??= this.readAll(this.raw);
  }

  /** The keys and values of a map, by key; none if it isn't known to be one. */
  public get entries(): readonly (readonly [string, Value])[] {
    if (this.kind === 'either') return this.branches.flatMap(branch => branch.entries);
    if (this.kind !== 'known' || !isMap(this.raw)) return NO_ENTRIES;
    const entries: (readonly [string, Value])[] = [];
    for (const key of sortedKeys(this.raw)) entries.push([key, this.child(key)]);
    return entries;
  }

  /** This value, or `fallback` where there is none: what AWS does if the property isn't set. */
  public or(fallback: unknown): Value {
    if (this.kind === 'either') return Value.either(this.branches.map(branch => branch.or(fallback)), this.why!);
    return this.kind === 'absent' ? Value.known(fallback) : this;
  }

  /** Whether it is `expected`, which CloudFormation doesn't tell from the same in quotes. Absent is not. */
  public is(expected: Scalar): Verdict {
    if (this.kind === 'known') return verdict(this.text === String(expected));
    return this.satisfies(branch => branch.text === String(expected));
  }

  /** Whether it is one of `expected`. */
  public isOneOf(expected: readonly Scalar[]): Verdict {
    return this.satisfies(branch => expected.some(each => branch.text === String(each)));
  }

  /** Whether it is `true`. */
  public get isTrue(): Verdict {
    return this.satisfies(branch => branch.boolean === true);
  }

  /** Whether it is a number that `test` accepts. */
  public isNumber(test: (number: number) => boolean): Verdict {
    return this.satisfies(branch => branch.number !== undefined && test(branch.number));
  }

  /** Whether `test` accepts what is known of it: no for what is absent, unknown for references and the unknown. */
  public satisfies(test: (branch: Value) => boolean): Verdict {
    if (this.kind === 'known') return verdict(test(this));
    if (this.kind === 'absent') return 'no';
    return this.kind === 'either' ? agreed(this.branches.map(branch => branch.satisfies(test))) : 'unknown';
  }

  /** Each resource that this value names, directly or within a text, in any branch. */
  public get targets(): readonly Resource[] {
    switch (this.kind) {
      case 'reference': return [this.target!];
      case 'either': return this.branches.flatMap(branch => branch.targets);
      case 'unknown': return this.parts.flatMap(part => typeof part === 'string' ? NO_TARGETS : part.targets);
      default: return NO_TARGETS;
    }
  }

  /** How a message shows it: the text, `${Path.Attribute}` for what is only known at deployment, and `(not set)`. */
  public toString(): string {
    if (this.kind === 'absent') return '(not set)';
    if (this.kind === 'known') return this.text ?? rendered(this.raw as object, isValue);
    if (this.kind === 'reference') return `\${${this.target!.constructPath}.${this.attribute}}`;
    if (this.kind === 'either') return this.branches.map(String).join(' or ');
    return this.parts.length > 0 ? this.parts.map(String).join('') : `\${${this.why}}`;
  }

  private child(key: string): Value {
    if (this.kind !== 'known') return this.childOfUnknown(key);
    if (typeof this.raw !== 'object' || this.raw === null) return Value.ABSENT;
    const raw = (this.raw as Record<string, unknown>)[key];
    // What all objects have, such as `constructor`, are functions; JSON has none.
    if (typeof raw !== 'object') return raw === undefined || typeof raw === 'function' ? Value.ABSENT : new Value('known', raw);
    if (raw === null || raw === Object.prototype || raw === Array.prototype) return Value.ABSENT;
    // Many rules ask for the same: what takes work to read is read once.
    const below = this.below ??= { elements: undefined, child: undefined };
    let length = 0;
    for (let child = below.child; child; child = child.next) {
      if (child.key === key) return child.value;
      length++;
    }
    // A list is what it is, and no function.
    const value = this.scope && !Array.isArray(raw) ? this.scope.read(raw) : new Value('known', raw, this.scope);
    if (length < LONGEST_LIST) below.child = { key, value, next: below.child };
    return value;
  }

  private childOfUnknown(key: string): Value {
    if (this.kind === 'absent') return this;
    return this.kind === 'either' ? Value.either(this.branches.map(branch => branch.child(key)), this.why!) : Value.unknown(this.why ?? String(this));
  }

  private readAll(list: readonly unknown[]): readonly Value[] {
    const elements: Value[] = [];
    for (const raw of list) {
      const element = this.read(raw);
      if (element.kind !== 'absent') elements.push(element);
    }
    return elements;
  }

  private read(raw: unknown): Value {
    return this.scope ? this.scope.read(raw) : raw === undefined || raw === null ? Value.ABSENT : Value.known(raw);
  }
}

/** A piece of a text: as written, or as far as it is known. */
export type Part = string | Value;

/** More than these are as good as unknown, and cost time with each property that depends on them. */
const MOST_BRANCHES = 32;

export function isScalar(raw: unknown): raw is Scalar {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean';
}

export function isMap(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function isValue(raw: object): boolean {
  return raw.constructor === Value;
}
