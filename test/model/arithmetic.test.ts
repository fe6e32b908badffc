import { atMost, calculated } from '../../src/model/arithmetic';
import { Value } from '../../src/model/value';

const known = (raw: unknown) => Value.known(raw);
const either = (...raw: unknown[]) => Value.either(raw.map(known), 'condition Live');
const unknown = Value.unknown('parameter Seconds');

test.each([
  ['known numbers', [known(2), known('3')], '5'],
  ['branches', [either(1, 2), known(3)], '4 or 5'],
  ['branches of both', [either(1, 2), either(10, 20)], '11 or 21 or 12 or 22'],
  ['what is unknown', [unknown, known(3)], '${parameter Seconds}'],
  ['what is no number', [known('x'), known(3)], '${x}'],
])('calculates with %s', (_, values, expected) => expect(String(calculated(values, (a, b) => a + b))).toBe(expected));

test.each<[Value, Value, string]>([
  [known(3), known(3), 'yes'],
  [known(4), known(3), 'no'],
  [either(1, 2), known(2), 'yes'],
  [either(1, 3), known(2), 'unknown'],
  [either(3, 4), known(2), 'no'],
  [known(3), either(2, 4), 'unknown'],
  [unknown, known(3), 'unknown'],
  [known(3), Value.ABSENT, 'unknown'],
])('%s at most %s: %s', (value, limit, expected) => expect(atMost(value, limit)).toBe(expected));
