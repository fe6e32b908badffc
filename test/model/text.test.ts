import { joined } from '../../src/model/text';
import { Value } from '../../src/model/value';

const known = (raw: unknown) => Value.known(raw);
const either = (...raw: unknown[]) => Value.either(raw.map(known), 'condition C');
const UNKNOWN = Value.unknown('parameter P');

test.each<[string, readonly Value[], string, readonly string[]]>([
  ['-', [], 'known ', []],
  ['-', [known('a')], 'known a', []],
  ['-', [known('a'), known(1), known(true)], 'known a-1-true', []],
  ['-', [known(''), known('')], 'known -', []],
  ['', [known('a'), UNKNOWN], 'unknown a${parameter P}', ['a', '${parameter P}']],
  ['', [UNKNOWN], 'unknown ${parameter P}', []],
  ['', [UNKNOWN, UNKNOWN], 'unknown ${parameter P}${parameter P}', ['${parameter P}', '${parameter P}']],
  ['/', [known('a'), known('b'), UNKNOWN, known('c')], 'unknown a/b/${parameter P}/c', ['a/b/', '${parameter P}', '/c']],
  ['', [known('x'), joined('-', [known('a'), UNKNOWN]), known('y')], 'unknown xa-${parameter P}y', ['xa-', '${parameter P}', 'y']],
  ['', [known('a'), known({ b: 1 })], 'unknown a${{"b":1}}', ['a', '${{"b":1}}']],
  ['-', [either('a', 'b'), known('c')], 'either a-c or b-c', []],
  ['', [either('a', 'b'), either('c', 'd')], 'either ac or ad or bc or bd', []],
])('%j between %#', (separator, values, expected, parts) => {
  const text = joined(separator, values);
  expect(`${text.kind} ${text}`).toBe(expected);
  expect(text.parts.map(String)).toEqual(parts);
});

test('up to thirty-two combinations of what values may be are told apart', () => {
  const choices = (count: number) => either(...Array.from({ length: count }, (_, index) => index));
  expect(joined('', [choices(5), choices(6)]).branches).toHaveLength(30);
  expect(joined('', [choices(4), choices(8)]).branches).toHaveLength(32);
  expect(joined('', [choices(6), choices(6)])).toMatchObject({ kind: 'unknown', why: 'condition C' });
});

test.each([[2_000_000, true], [2_000_001, false]])('a text of %d characters is known: %s', (length, isKnown) => {
  expect(joined('', [known('x'.repeat(length - 1)), known('y')]).isKnown).toBe(isKnown);
});

test.each([[20_000, true], [20_001, false]])('of %d parts, each can be told: %s', (count, told) => {
  expect(joined('', Array<Value>(count).fill(UNKNOWN)).parts.length > 0).toBe(told);
});
