import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import * as schema from '../../schemas/waivers.schema.json';
import { readWaivers } from '../../src/validation/waiver-file';

const GOOD = {
  rule: 'sqs/*', scope: 'Orders/**', reason: 'known', owner: 'team-orders', ticket: 'ORD-17', expires: '2030-12-31',
};

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
addFormats(ajv);
const bySchema = ajv.compile(schema);

/** The faults of a file as `line:column message`. */
function faults(text: string) {
  return readWaivers(text, 'waivers.yaml').faults.map(({ message, place }) => `${place?.file}:${place?.line}:${place?.column} ${message}`);
}

describe('a file of waivers', () => {
  test('is YAML, and each waiver knows its place', () => {
    const text = `
version: 1
waivers:
  - rule: sqs/*
    scope: Orders/**
    reason: known
    owner: team-orders
    ticket: ORD-17
    expires: 2030-12-31 # not a number, not a date: a text
`;
    expect(readWaivers(text, 'waivers.yaml')).toEqual({ waivers: [{ ...GOOD, place: { file: 'waivers.yaml', line: 4, column: 5 } }], faults: [] });
  });

  test('is JSON', () => {
    const { waivers } = readWaivers(JSON.stringify({ $schema: 'https://example.com', version: 1, waivers: [GOOD] }), 'waivers.json');
    expect(waivers).toEqual([expect.objectContaining(GOOD)]);
  });

  test('may be without waivers', () => expect(readWaivers('version: 1\nwaivers: []', 'f')).toEqual({ waivers: [], faults: [] }));

  test('tells all faults at once, each with its place, and keeps what is in order', () => {
    const text = `version: 1
waiver: []
waivers:
  - rule: sqs/*
    scope: Orders/**
    reason: known
    owner: team-orders
    expires: 2030-02-30
  - scope: Orders
    reason:
    owner: 7
    until: 2030-12-31
    rule: engine/rule-failed
    expires: never
  - all of them
  - { rule: sns/*, scope: Topics, reason: known, owner: team-topics, expires: never }
`;
    expect(faults(text)).toEqual([
      'waivers.yaml:2:1 there is no field `waiver`; there is `version` and `waivers`',
      'waivers.yaml:8:14 `expires` is `"2030-02-30"`, expected the last day on which it holds, as `2030-12-31`, or `never`',
      'waivers.yaml:12:12 there is no field `"until"`; there is `rule`, `scope`, `reason`, `owner`, `ticket`, `expires`',
      'waivers.yaml:13:11 `rule` is `"engine/rule-failed"`, expected another rule: what the engine says of itself can not be waived',
      'waivers.yaml:10:12 `reason` is `null`, expected why things are to stay as they are',
      'waivers.yaml:11:12 `owner` is `7`, expected the person or team to ask',
      'waivers.yaml:15:5 a waiver is `"all of them"`, expected `rule`, `scope`, `reason`, `owner`, `ticket`, `expires`',
    ]);
    expect(readWaivers(text, 'waivers.yaml').waivers.map(({ rule }) => rule)).toEqual(['sns/*']);
  });

  test('points at the waiver for a field that is missing', () => {
    expect(faults('version: 1\nwaivers:\n  - rule: sqs/*\n    scope: a\n    reason: b\n    owner: c\n')).toEqual([
      'waivers.yaml:3:5 `expires` is `(not set)`, expected the last day on which it holds, as `2030-12-31`, or `never`',
    ]);
  });

  test.each([
    ['', ['waivers.yaml:1:1 the file is no map, expected `version` and `waivers`']],
    ['- 1', ['waivers.yaml:1:1 the file is no map, expected `version` and `waivers`']],
    ['version: 2\nwaivers: []', ['waivers.yaml:1:10 `version` is `2`, expected `1`']],
    ['version: 1\nwaivers: {}', ['waivers.yaml:2:10 `waivers` is no list, expected one waiver an element']],
    ['waivers: []', ['waivers.yaml:1:1 `version` is `(not set)`, expected `1`']],
    ['a: [', ['waivers.yaml:1:5 flow sequence in block collection must be sufficiently indented and end with a ]']],
    ['version: 1\nversion: 1\nx: "', ['waivers.yaml:2:1 map keys must be unique', 'waivers.yaml:3:5 missing closing "quote']],
  ])('that says %j is faulty', (text, expected) => expect(faults(text)).toEqual(expected));

  test('of another version covers nothing, whatever it says', () => {
    expect(readWaivers(JSON.stringify({ version: 2, waivers: [GOOD] }), 'f').waivers).toEqual([]);
  });

  test.each([
    ['deep nesting', '['.repeat(100_000)],
    ['aliases that multiply', `a: &a [x,x]\n${[...'bcdefghijklmnopqrstuvwxyz'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghijklmnopqrstuvwxyz'[i]}`)}]`).join('\n')}`],
    ['unknown tags', 'version: !!js/function x\nwaivers: []'],
    ['several documents', 'version: 1\n---\nversion: 1'],
  ])('with %s is faulty, and nothing worse', (_, text) => expect(faults(text)).not.toEqual([]));
});

describe('the JSON schema for editors', () => {
  const agree = (content: unknown) => {
    const text = JSON.stringify(content);
    expect({ text, faulty: readWaivers(text, 'f').faults.length > 0 }).toEqual({ text, faulty: !bySchema(JSON.parse(text)) });
  };
  const odd = [undefined, null, '', ' ', 'x', 7, true, [], {}, 'never', '2030-12-31', '2030-02-29', '2028-02-29', '2030-2-1', '2030-12-31T00:00:00Z',
    'engine/rule-failed', 'engine', ' engine/x', '**', 'x'.repeat(1000), 'x'.repeat(1001), '\u{1F600}'.repeat(1000), '\n', '\u00A0', '0000-01-01'];

  test('accepts what is in order', () => {
    expect(bySchema({ version: 1, waivers: [GOOD] })).toBe(true);
  });

  test.each([...Object.keys(GOOD), 'until'])('agrees with what reading says of the field %s', field => {
    for (const value of odd) agree({ version: 1, waivers: [{ ...GOOD, [field]: value }] });
  });

  test.each(['$schema', 'version', 'waivers', 'other'])('agrees with what reading says of the file\'s field %s', field => {
    for (const value of [...odd, 1, 2, [GOOD], [[]], [null]]) agree({ version: 1, waivers: [GOOD], [field]: value });
  });

  test('agrees on anything', () => {
    const field = fc.oneof(fc.constantFrom(...odd), fc.string(), fc.jsonValue());
    const waiver = fc.oneof({
      weight: 9,
      arbitrary: fc.record(Object.fromEntries(Object.keys(GOOD).map(key =>
        [key, fc.oneof({ weight: 4, arbitrary: fc.constant(GOOD[key as keyof typeof GOOD]) }, { weight: 1, arbitrary: field })]))),
    },
    { weight: 1, arbitrary: fc.jsonValue() });
    fc.assert(fc.property(fc.array(waiver), waivers => agree({ version: 1, waivers })), { numRuns: 500 });
  });
});
