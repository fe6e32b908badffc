import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as fc from 'fast-check';
import { LocatedPart, locatedParts } from '../../../src/model/read/located-part';
import { readPath } from '../../../src/model/read/read-path';
import { TemplatePlaces } from '../../../src/model/read/template-places';

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'places-')); });
afterEach(() => fs.rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

/** The text that begins where something is said to stand, up to the end of the line. */
function shown(template: string, logicalId: string, property?: string): string | undefined {
  const place = new TemplatePlaces(template).of(logicalId, property);
  const line = place && fs.readFileSync(template, 'utf8').split('\n')[place.line! - 1];
  return line?.slice(place!.column! - 1).trimEnd();
}

const YAML = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage:
    Type: String
    Default: dev
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 3 # seconds
      Tags: &tags
        - Key: a
        - {Key: b, Value: !Ref Stage}
      VpcConfig: !If [InVpc, {SubnetIds: []}, !Ref "AWS::NoValue"]
  Other:
    Type: X::Y::Z
    Properties: { Tags: *tags, "Quoted": 1 }
  Bare:
    Type: X::Y::Z
Outputs:
  Arn:
    Value: !GetAtt Fn.Arn
`;
const JSON_TEXT = '{"Resources": {\n "A\\"b": {"Type": "X::Y::Z", "Properties": {\n  "Text": "} \\\\\\" {",\n  "Numbers": [1, -2.5e3 , true,null],\n'
  + '  "Empty": {}, "Map": {"In":\n{"Deep": 1}}}},\n "Twice": {}, "Twice": {"Properties": {"X": 1}}}}';

test.each<[string, string | undefined, string | undefined]>([
  ['Fn', 'Timeout', 'Timeout: 3 # seconds'],
  ['Fn', 'Tags', 'Tags: &tags'],
  ['Fn', 'Tags.0.Key', 'Key: a'],
  ['Fn', 'Tags.1', '{Key: b, Value: !Ref Stage}'],
  ['Fn', 'Tags.1.Value', 'Value: !Ref Stage}'],
  ['Fn', 'Tags.2', 'Tags: &tags'],
  ['Fn', 'VpcConfig.SubnetIds', 'VpcConfig: !If [InVpc, {SubnetIds: []}, !Ref "AWS::NoValue"]'],
  ['Fn', 'KmsKeyArn', 'Fn:'],
  ['Fn', undefined, 'Fn:'],
  ['Other', 'Tags.0', 'Key: a'],
  ['Other', 'Quoted', '"Quoted": 1 }'],
  ['Bare', 'Timeout', 'Bare:'],
  ['Stage', 'Default', 'Default: dev'],
  ['Stage', undefined, 'Stage:'],
  ['Arn', 'Value', 'Value: !GetAtt Fn.Arn'],
  ['FnRole', 'Policies', 'Fn:'],
  ['Nowhere', 'Timeout', undefined],
])('in YAML, %s %s stands at %j', (logicalId, property, expected) => {
  expect(shown(file('a.yaml', YAML), logicalId, property)).toBe(expected);
});

test.each<[string, string | undefined, string | undefined]>([
  ['A"b', undefined, '"A\\"b": {"Type": "X::Y::Z", "Properties": {'],
  ['A"b', 'Text', '"Text": "} \\\\\\" {",'],
  ['A"b', 'Numbers', '"Numbers": [1, -2.5e3 , true,null],'],
  ['A"b', 'Numbers.0', '1, -2.5e3 , true,null],'],
  ['A"b', 'Numbers.1', '-2.5e3 , true,null],'],
  ['A"b', 'Numbers.3', 'null],'],
  ['A"b', 'Numbers.4', '"Numbers": [1, -2.5e3 , true,null],'],
  ['A"b', 'Empty.X', '"Empty": {}, "Map": {"In":'],
  ['A"b', 'Map.In.Deep', '"Deep": 1}}}},'],
  ['Twice', 'X', '"X": 1}}}}'],
  ['A"bRole', undefined, undefined],
])('in JSON, %s %s stands at %j', (logicalId, property, expected) => {
  expect(shown(file('a.json', JSON_TEXT), logicalId, property)).toBe(expected);
  expect(shown(file('b.json', `\uFEFF${JSON_TEXT}`), logicalId, property)?.slice(1)).toBe(expected?.slice(1));
});

test('each part of any JSON is found where it stands', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
    const text = JSON.stringify([value]);
    let last = 0;
    const check = (part: LocatedPart, raw: unknown): void => {
      if (typeof raw !== 'object' || raw === null) return;
      for (const [key, below] of Object.entries(raw)) {
        const inner = part.at(key)!;
        // An element of a list begins with itself, an entry of a map with its key.
        expect(text.slice(inner.offset).startsWith(Array.isArray(raw) ? JSON.stringify(below) : `${JSON.stringify(key)}:`)).toBe(true);
        expect(inner.offset).toBeGreaterThan(last);
        last = inner.offset;
        check(inner, below);
      }
    };
    check(locatedParts(text), [value]);
  }), { numRuns: 200 });
});

test('a template that is nested twice, and one whose file has gone, have places of their own and none', () => {
  file('main.yaml', 'Resources:\n  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: part.json}}\n  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: part.json}}');
  const part = file('part.json', '{"Resources": {\n"Q": {"Type": "AWS::SQS::Queue"}}}');
  const { sources } = readPath(path.join(folder, 'main.yaml'));
  const places = () => sources.map(({ sourceOf }) => sourceOf!('Q'));
  fs.rmSync(path.join(folder, 'main.yaml'));
  expect(sources[0].sourceOf!('A')).toBeUndefined();
  expect(places()).toEqual([undefined, { file: part, line: 2, column: 1 }, { file: part, line: 2, column: 1 }]);
});

test('twenty thousand places are found in a template of megabytes', () => {
  const Resources: Record<string, unknown> = {};
  for (let index = 0; index < 20_000; index++) Resources[`Q${index}`] = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'n'.repeat(200), Tags: [] } };
  const places = new TemplatePlaces(file('a.json', JSON.stringify({ Resources }, undefined, 1)));
  // Whoever reads the template for each place doesn't come to an end before the test is stopped.
  for (let index = 0; index < 20_000; index++) expect(places.of(`Q${index}`, 'Tags')?.line).toBe(7 * index + 7);
});
