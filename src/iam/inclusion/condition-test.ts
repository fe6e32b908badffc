import { addressRange, AddressTest } from './address-samples';
import { conditionOperator, ConditionOperator } from './condition-operator';
import { OrderedTest } from './ordered-samples';
import { Outcome, outcomeIf } from './outcome';
import { PolicyCondition } from './policy';
import { TextReading, textTest } from './policy-text';
import { TextTest } from './text-samples';

/** A test of a key, by the kind of values that it takes the key to have. */
export type ValueTest =
  | { readonly of: 'text'; readonly test: TextTest; readonly values: 'any' | 'arns' | 'booleans' }
  | { readonly of: 'number' | 'date'; readonly test: OrderedTest }
  | { readonly of: 'address'; readonly test: AddressTest }
  | { readonly of: 'presence'; readonly outcome: Outcome }
  /** Of which isn't known what it accepts. */
  | { readonly of: 'nothing' };

export interface ConditionTest {
  /** The same for tests that mean the same. */
  readonly name: string;
  readonly value: ValueTest;
  readonly onAbsent: Outcome;
  readonly quantifier?: 'all' | 'any';
}

export function conditionTest({ operator: written, values }: PolicyCondition, reading: TextReading): ConditionTest {
  const name = JSON.stringify([written, reading.hasVariables && values.some(each => each.includes('${')), ...[...new Set(values)].sort()]);
  const operator = conditionOperator(written);
  if (!operator) return { name, value: { of: 'nothing' }, onAbsent: [name] };
  if (operator.compares === 'null') return presence(name, values);
  return { name, value: valueTest(operator, values, reading), onAbsent: onAbsent(operator, name), quantifier: operator.quantifier };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function onAbsent({ quantifier, ifExists, negated }: ConditionOperator, name: string): Outcome {
  if (quantifier === 'all') return 'yes';
  // Whether `IfExists` changes that isn't documented.
  if (quantifier === 'any') return ifExists ? [name] : 'no';
  return outcomeIf(ifExists || negated);
}

function presence(name: string, values: readonly string[]): ConditionTest {
  const wanted = values.map(each => each.toLowerCase());
  if (!wanted.every(each => each === 'true' || each === 'false')) return { name, value: { of: 'nothing' }, onAbsent: [name] };
  return { name, value: { of: 'presence', outcome: outcomeIf(wanted.includes('false')) }, onAbsent: outcomeIf(wanted.includes('true')) };
}

function valueTest(operator: ConditionOperator, values: readonly string[], reading: TextReading): ValueTest {
  const { compares, negated } = operator;
  if (compares === 'number' || compares === 'date') return orderedTest(operator, values.map(compares === 'date' ? dateOf : numberOf));
  if (compares === 'address') {
    const ranges = values.map(addressRange);
    return ranges.includes(undefined) ? { of: 'nothing' } : { of: 'address', test: { ranges: ranges.flatMap(each => each ?? []), negated } };
  }
  const isBoolean = compares === 'boolean';
  const compared: TextReading = {
    ...reading,
    hasVariables: reading.hasVariables && operator.hasVariables,
    ignoreCase: operator.ignoreCase || isBoolean,
    exact: compares === 'text' || isBoolean,
    inFields: compares === 'arn',
  };
  return { of: 'text', test: textTest(values, negated, compared), values: isBoolean ? 'booleans' : compares === 'arn' ? 'arns' : 'any' };
}

const RELATIONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  Equals: (value, bound) => value === bound,
  LessThan: (value, bound) => value < bound,
  LessThanEquals: (value, bound) => value <= bound,
  GreaterThan: (value, bound) => value > bound,
  GreaterThanEquals: (value, bound) => value >= bound,
};

function orderedTest({ compares, relation, negated }: ConditionOperator, bounds: readonly number[]): ValueTest {
  if (bounds.some(bound => !(Math.abs(bound) < Number.MAX_SAFE_INTEGER))) return { of: 'nothing' };
  const holds = RELATIONS[relation];
  return {
    of: compares === 'date' ? 'date' : 'number',
    test: { bounds, holds: value => negated !== bounds.some(bound => holds(value, bound)) },
  };
}

export function numberOf(text: string): number {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : NaN;
}

const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** As ISO 8601 has it, or in seconds since 1970. */
export function dateOf(text: string): number {
  return ISO_8601.test(text) ? Date.parse(text) : /^\d{9,11}$/.test(text) ? Number(text) * 1000 : NaN;
}
