import * as fc from 'fast-check';
import { jsonFault } from '../../../src/model/read/json-fault';
import { parseTemplate, parseText } from '../../../src/model/read/parse-template';

const yaml = (text: string) => parseText(text, 'a.yaml').content;
const faults = (text: string, file = 'a.yaml') => parseText(text, file).faults;

describe('YAML', () => {
  test.each<[string, unknown]>([
    ['!Ref Queue', { Ref: 'Queue' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Queue.Arn', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Arn', { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] }],
    ['!GetAtt [Queue, Arn]', { 'Fn::GetAtt': ['Queue', 'Arn'] }],
    ['!GetAtt Queue', { 'Fn::GetAtt': 'Queue' }],
    ['!Sub "${A}-b"', { 'Fn::Sub': '${A}-b' }],
    ['!Sub\n- ${A}\n- {A: !Ref B}', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!Join [":", [a, !Ref B]]', { 'Fn::Join': [':', ['a', { Ref: 'B' }]] }],
    ['!If [C, !Ref A, !If [D, !GetAtt B.Arn, !Ref "AWS::NoValue"]]',
      { 'Fn::If': ['C', { Ref: 'A' }, { 'Fn::If': ['D', { 'Fn::GetAtt': ['B', 'Arn'] }, { Ref: 'AWS::NoValue' }] }] }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!Not [!Equals [!Ref A, b]]', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'A' }, 'b'] }] }],
    ['!Transform {Name: AWS::Include, Parameters: {Location: s3://b/k}}',
      { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } }],
    ['Fn::Base64: !Sub "#!/bin/sh"', { 'Fn::Base64': { 'Fn::Sub': '#!/bin/sh' } }],
  ])('reads %j', (text, expected) => expect(yaml(text)).toEqual(expected));

  test('leaves dates, account ids and octal look-alikes as text', () => {
    expect(yaml('[2012-10-17, 012345678901, 0123, 0o17, 0x1f, 12:30, 1_000]'))
      .toEqual(['2012-10-17', '012345678901', '0123', '0o17', '0x1f', '12:30', '1_000']);
  });

  test('reads the scalars of YAML 1.1 that mean something to CloudFormation', () => {
    expect(yaml('[yes, "yes", on, No, off, true, ~, null, 1, -2, 1.5, 1e3, 123456789012, 99999999999999999999]'))
      .toEqual([true, 'yes', true, false, false, true, null, null, 1, -2, 1.5, 1000, 123456789012, '99999999999999999999']);
    expect(yaml('{012345678901: {a: b}, on: c, 1: d}')).toEqual({ '012345678901': { a: 'b' }, 'on': 'c', '1': 'd' });
    expect(yaml('a:\nb: !Ref C')).toEqual({ a: null, b: { Ref: 'C' } });
  });

  test('resolves anchors, aliases and merge keys; what a map says itself wins, then the first merged', () => {
    expect(yaml('a: &a {x: 1, y: !Ref Q}\nb: {<<: *a, x: 2}\nc: [*a]')).toEqual({
      a: { x: 1, y: { Ref: 'Q' } }, b: { x: 2, y: { Ref: 'Q' } }, c: [{ x: 1, y: { Ref: 'Q' } }],
    });
    expect(yaml('a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc: {x: 0}\nd: {<<: [*a, *b]}')).toMatchObject({ d: { x: 1, z: 3 } });
    expect(yaml('"<<": 1')).toEqual({ '<<': 1 });
  });

  test('keeps keys that mean something to JavaScript', () => {
    expect(Object.keys(yaml('{__proto__: {a: 1}, constructor: 2, toString: 3}') as object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test('takes a map or list that is a key for its text', () => {
    expect(yaml('? {toString: null}\n: 1\n? [a]\n: 2')).toEqual({ '{"toString":null}': 1, '["a"]': 2 });
  });

  test('reads braces with short tags', () => expect(yaml('{"a": !Ref B, }')).toEqual({ a: { Ref: 'B' } }));

  test.each<[string, { line?: number; column?: number; message: string | RegExp }]>([
    ['a: 1\nb: 2\na: 3\n', { line: 3, column: 1, message: 'the key stands twice in the same map' }],
    ['a:\n\tb: 1', { line: 2, column: 1, message: 'a tab is used as indentation, expected spaces' }],
    ['a: 1\n---\nb: 2', { line: 2, column: 1, message: 'a second document begins, expected one' }],
    ['a: [1, 2', { line: 1, column: 9, message: /^flow sequence/ }],
    ['a: *nowhere', { line: 1, column: 4, message: /unresolved alias/ }],
    ['a: &a [*a]', { line: 1, column: 7, message: 'nested too deeply' }],
    [`a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefg'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdef'[index]}`).join(',')}]`).join('\n')}`,
      { line: 1, message: 'aliases multiply the template' }],
    [`a: ${'['.repeat(100_000)}`, { message: 'nested too deeply' }],
  ])('tells what is wrong with %#, and where', (text, { message, ...place }) => {
    const [fault, ...others] = faults(text);
    expect(fault).toMatchObject({ file: 'a.yaml', ...place });
    expect(fault.message).toMatch(message);
    expect(fault.message).not.toMatch(/\n|^ +at /);
    expect(others).toEqual([]);
  });
});

describe('JSON', () => {
  test.each<[string, number, number, string]>([
    ['{"a": 1,\n "b" 2}', 2, 6, '`2` is unexpected, expected `:`'],
    ['{"a": 1,\n}', 2, 1, '`}` is unexpected, expected a key in quotes'],
    ['{"a": [1, 2}', 1, 12, '`}` is unexpected, expected `,` or `]`'],
    ['{"a": nul}', 1, 7, 'unknown word, expected `true`, `false`, `null`, a number or a text in quotes'],
    ['{a: 1}', 1, 2, '`a` is unexpected, expected a key in quotes or `}`'],
    ['{"a": 1', 1, 8, 'the text ends, expected `,` or `}`'],
    ['{"a": "b', 1, 7, 'the text in quotes has no end'],
    ['{"a": "\\x"}', 1, 8, 'unknown escape in a text in quotes'],
    ['{"a": "b\nc"}', 1, 9, 'control character in a text in quotes'],
    ['{} {}', 1, 4, '`{` is unexpected, expected the end of the text'],
    ['[1,]', 1, 4, '`]` is unexpected, expected a value'],
    ['', 1, 1, 'the text ends, expected a value'],
    ['// comment\n{}', 1, 1, '`/` is unexpected, expected a value'],
  ])('tells what is wrong with %j, and where', (text, line, column, message) => {
    expect(faults(text, 'a.json')).toEqual([{ file: 'a.json', line, column, message }]);
  });

  test('finds a fault exactly where JSON.parse does, in any text', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '1', '-0.5e3', 'true', 'null', ' ', '\n', '"\\u00e4"', '"', '\\', '01', 'x');
    fc.assert(fc.property(fc.oneof(fc.array(pieces, { maxLength: 12 }).map(all => all.join('')), fc.json()), text => {
      let accepted = true;
      try { JSON.parse(text); } catch { accepted = false; }
      expect(jsonFault(text) === undefined).toBe(accepted);
    }), { numRuns: 3000 });
  });

  test('may begin with a byte order mark', () => expect(parseText('\uFEFF{"a": 1}', 'a.json').content).toEqual({ a: 1 }));

  test('100,000 levels are a fault, 400 are not', () => {
    expect(faults('['.repeat(100_000) + ']'.repeat(100_000), 'a.json')).toEqual([{ file: 'a.json', message: 'nested more than 500 levels deep' }]);
    expect(faults('['.repeat(400) + ']'.repeat(400), 'a.json')).toEqual([]);
    expect(faults(`"${'[{\\"'.repeat(1000)}"`, 'a.json')).toEqual([]);
  });
});

test.each<[string, string, string]>([
  ['a template', 'Resources: {}', 'template'],
  ['a list of resources', 'Resources: []', 'other'],
  ['another kind of file', 'apiVersion: v1\nkind: Pod', 'other'],
  ['an empty file', '', 'other'],
  ['a malformed one', 'Resources: {', 'faulty'],
])('tells %s apart', (_, text, kind) => expect(parseTemplate(text, 'a.yaml').kind).toBe(kind));
