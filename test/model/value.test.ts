import { AppModel } from '../../src/model/app-model';
import { Resource } from '../../src/model/resource';
import { joined } from '../../src/model/text';
import { Value } from '../../src/model/value';

const [A, B]: readonly Resource[] = AppModel.of([{ name: 'S', template: { Resources: { A: { Type: 'X::Y::Z' }, B: { Type: 'X::Y::Z' } } } }]).resources;

const known = (raw: unknown) => Value.known(raw);
const either = (...values: Value[]) => Value.either(values, 'condition C');
const UNKNOWN = Value.unknown('parameter P');
const REFERENCE = Value.reference(A, 'Arn');
const TEXT = joined('', [known('x/'), REFERENCE, known('/y')]);
const NOT_ECHOED = Value.hidden('parameter Secret');

describe('whether there is something at a path', () => {
  test.each<[string, Value, string]>([
    ['yes', known({ A: { B: 1 } }), 'A.B'],
    ['no', known({ A: {} }), 'A.B'],
    ['no', Value.ABSENT, 'A'],
    ['unknown', UNKNOWN, 'A'],
    ['unknown', either(known({ A: 1 }), Value.ABSENT), 'A'],
    ['no', either(known({ B: 1 }), Value.ABSENT), 'A'],
  ])('%s, of %s at %s', (answer, value, path) => expect(value.has(path)).toBe(answer));
});

test.each<[Value, string, string, string]>([
  [Value.ABSENT, 'absent', 'no', '(not set)'],
  [known('a'), 'known', 'yes', 'a'],
  [known(1.5), 'known', 'yes', '1.5'],
  [known({ b: [1, null], a: true }), 'known', 'yes', '{"a":true,"b":[1,null]}'],
  [known([REFERENCE]), 'known', 'yes', '["${S/A.Arn}"]'],
  [REFERENCE, 'reference', 'yes', '${S/A.Arn}'],
  [UNKNOWN, 'unknown', 'yes', '${parameter P}'],
  [TEXT, 'unknown', 'yes', 'x/${S/A.Arn}/y'],
  [NOT_ECHOED, 'unknown', 'yes', '${parameter Secret}'],
  [either(known('a'), known('b')), 'either', 'yes', 'a or b'],
  [either(known('a'), Value.ABSENT), 'either', 'unknown', 'a or (not set)'],
  [either(Value.ABSENT, Value.ABSENT), 'either', 'no', '(not set) or (not set)'],
])('%s is %s, set: %s', (value, kind, isSet, shown) => {
  expect([value.kind, value.isSet, String(value)]).toEqual([kind, isSet, shown]);
});

describe('a scalar is read as text, number and boolean, in quotes or not', () => {
  test.each<[unknown, string | undefined, number | undefined, boolean | undefined]>([
    ['5', '5', 5, undefined],
    [5, '5', 5, undefined],
    [' 5 ', ' 5 ', 5, undefined],
    ['', '', undefined, undefined],
    [' ', ' ', undefined, undefined],
    ['5s', '5s', undefined, undefined],
    ['Infinity', 'Infinity', undefined, undefined],
    [true, 'true', undefined, true],
    ['True', 'True', undefined, true],
    ['false', 'false', undefined, false],
    ['yes', 'yes', undefined, undefined],
    [['5'], undefined, undefined, undefined],
    [{}, undefined, undefined, undefined],
    [null, undefined, undefined, undefined],
  ])('%j', (raw, text, number, boolean) => {
    const value = known(raw);
    expect([value.text, value.number, value.boolean]).toEqual([text, number, boolean]);
  });

  test('nothing else is one', () => {
    for (const value of [Value.ABSENT, REFERENCE, UNKNOWN, TEXT, either(known('1'), known('1'))]) {
      expect([value.text, value.number, value.boolean, value.literal]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });
});

test.each<[Value, string, string, string]>([
  [known(5), 'yes', 'no', 'yes'],
  [known('5'), 'yes', 'no', 'yes'],
  [known(6), 'no', 'no', 'yes'],
  [known(4), 'no', 'no', 'no'],
  [known('true'), 'no', 'yes', 'no'],
  [Value.ABSENT, 'no', 'no', 'no'],
  [REFERENCE, 'unknown', 'unknown', 'unknown'],
  [UNKNOWN, 'unknown', 'unknown', 'unknown'],
  [TEXT, 'unknown', 'unknown', 'unknown'],
  [known([5]), 'no', 'no', 'no'],
  [either(known(5), known('5')), 'yes', 'no', 'yes'],
  [either(known(5), known(6)), 'unknown', 'no', 'yes'],
  [either(known(5), Value.ABSENT), 'unknown', 'no', 'unknown'],
  [either(known(4), Value.ABSENT), 'no', 'no', 'no'],
  [either(known(5), UNKNOWN), 'unknown', 'unknown', 'unknown'],
])('%s is 5: %s, is true: %s, is at least 5: %s', (value, isFive, isTrue, isLarge) => {
  expect([value.is(5), value.isTrue, value.isNumber(number => number >= 5)]).toEqual([isFive, isTrue, isLarge]);
  expect(value.isOneOf([5, 'other'])).toBe(isFive);
});

describe('what is below', () => {
  test.each<[Value, string, string]>([
    [known({ A: { B: [1, 2] } }), 'A.B.1', '2'],
    [known({ A: null }), 'A', '(not set)'],
    [known({}), 'constructor', '(not set)'],
    [known('text'), 'length', '(not set)'],
    [known([1]), '1', '(not set)'],
    [Value.ABSENT, 'A.B', '(not set)'],
    [UNKNOWN, 'A', '${parameter P}'],
    [REFERENCE, 'A', '${${S/A.Arn}}'],
    [either(known({ A: 1 }), known({ A: 2 })), 'A', '1 or 2'],
    [either(known({ A: 1 }), Value.ABSENT), 'A', '1 or (not set)'],
    [either(known({ A: { B: 1 } }), UNKNOWN), 'A.B', '1 or ${parameter P}'],
  ])('%s at %s is %s', (value, path, expected) => expect(String(value.get(path))).toBe(expected));

  test.each<[Value, string[]]>([
    [known(['a', null, 'b']), ['a', 'b']],
    [known('a'), ['a']],
    [known({ A: 1 }), ['{"A":1}']],
    [known([]), []],
    [Value.ABSENT, []],
    [UNKNOWN, ['${parameter P}']],
    [REFERENCE, ['${S/A.Arn}']],
    [either(known(['a', 'b']), known('c'), Value.ABSENT), ['a', 'b', 'c']],
  ])('the elements of %s', (value, expected) => expect(value.items.map(String)).toEqual(expected));

  test.each<[Value, [string, string][]]>([
    [known({ b: 1, a: 2 }), [['a', '2'], ['b', '1']]],
    [known([1]), []],
    [UNKNOWN, []],
    [either(known({ a: 1 }), known({ a: 2 })), [['a', '1'], ['a', '2']]],
  ])('the entries of %s', (value, expected) => expect(value.entries.map(([key, each]) => [key, String(each)])).toEqual(expected));
});

test.each<[Value, string]>([
  [Value.ABSENT, 'f'],
  [known('a'), 'a'],
  [UNKNOWN, '${parameter P}'],
  [REFERENCE, '${S/A.Arn}'],
  [either(known('a'), Value.ABSENT), 'a or f'],
])('%s or else f: %s', (value, expected) => expect(String(value.or('f'))).toBe(expected));

describe('one of several', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => known(index));

  test('is that one if there is only one, and unknown if there is none', () => {
    expect(either(known('a'))).toEqual(known('a'));
    expect(either().kind).toBe('unknown');
  });

  test('counts those of one among them as its own, up to thirty-two', () => {
    expect(either(either(...many(16)), either(...many(16))).branches).toHaveLength(32);
    expect(either(either(...many(16)), either(...many(17)))).toMatchObject({ kind: 'unknown', why: 'condition C' });
  });
});

test.each<[Value, readonly Resource[]]>([
  [REFERENCE, [A]],
  [TEXT, [A]],
  [joined(',', [REFERENCE, Value.reference(B, 'Ref')]), [A, B]],
  [either(REFERENCE, known('x'), Value.reference(B, 'Ref')), [A, B]],
  [known(['x']), []],
  [UNKNOWN, []],
  [Value.ABSENT, []],
])('the resources that %s names', (value, expected) => expect(value.targets).toEqual(expected));

test('a secret is told apart from what is unknown', () => {
  expect([NOT_ECHOED, UNKNOWN, known('x')].map(({ isHidden }) => isHidden)).toEqual([true, false, false]);
});
