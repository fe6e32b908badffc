/** What a user can set of a rule: what it is for, what it is unless set, and what is allowed. */
export type RuleOption =
  | { readonly type: 'number'; readonly description: string; readonly default: number; readonly min?: number; readonly max?: number }
  | { readonly type: 'boolean'; readonly description: string; readonly default: boolean }
  | { readonly type: 'string'; readonly description: string; readonly default: string; readonly allowed?: readonly string[]; readonly pattern?: RegExp }
  | { readonly type: 'strings'; readonly description: string; readonly default: readonly string[]; readonly pattern?: RegExp };

export type RuleOptions = Readonly<Record<string, RuleOption>>;

/** The values that a rule gets: each option has one. */
export type OptionValues<O extends RuleOptions> = { readonly [K in keyof O]: ValueOf<O[K]> };

type ValueOf<T extends RuleOption> =
  T extends { type: 'number' } ? number :
    T extends { type: 'boolean' } ? boolean :
      T extends { type: 'string' } ? string : readonly string[];

/** Values of options, and what is wrong with those given. */
export interface CheckedOptions {
  readonly values: OptionValues<RuleOptions>;
  readonly faults: readonly string[];
}

/** The values of a rule's options, its defaults where `given` has none, and what is wrong with `given`. */
export function optionValues(options: RuleOptions, given: Readonly<Record<string, unknown>>): CheckedOptions {
  const faults = Object.keys(given).filter(name => !Object.hasOwn(options, name))
    .map(name => `there is no option \`${name}\`; there is ${Object.keys(options).map(known => `\`${known}\``).join(', ') || 'none'}`);
  const values: Record<string, ValueOf<RuleOption>> = {};
  for (const [name, option] of Object.entries(options)) {
    const value = given[name] ?? option.default;
    const expected = unexpected(option, value);
    if (expected) faults.push(`option \`${name}\` is \`${JSON.stringify(value)}\`, expected ${expected}`);
    values[name] = value as ValueOf<RuleOption>;
  }
  return { values, faults };
}

/** What an option should have been, if `value` isn't it. */
function unexpected(option: RuleOption, value: unknown): string | undefined {
  switch (option.type) {
    case 'number': {
      const { min = -Infinity, max = Infinity } = option;
      if (typeof value === 'number' && value >= min && value <= max) return undefined;
      return `a number${Number.isFinite(min) ? ` from ${min}` : ''}${Number.isFinite(max) ? ` to ${max}` : ''}`;
    }
    case 'boolean': return typeof value === 'boolean' ? undefined : '`true` or `false`';
    case 'string':
      if (typeof value === 'string' && (option.allowed?.includes(value) ?? true) && (option.pattern?.test(value) ?? true)) return undefined;
      if (option.pattern) return `a text that matches \`${option.pattern.source}\``;
      return option.allowed ? `one of ${option.allowed.map(each => `\`${each}\``).join(', ')}` : 'a text';
    case 'strings': {
      const { pattern } = option;
      if (Array.isArray(value) && value.every(each => typeof each === 'string' && (pattern?.test(each) ?? true))) return undefined;
      return pattern ? `a list of texts that match \`${pattern.source}\`` : 'a list of texts';
    }
  }
}
