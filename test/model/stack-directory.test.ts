import { shown } from './one-property';
import { AppModel } from '../../src/model/app-model';
import { TemplateSource } from '../../src/model/template-source';

const Q = { Type: 'AWS::SQS::Queue' };
const ARN = { 'Fn::GetAtt': ['Q', 'Arn'] };
const IMPORT = { 'Fn::ImportValue': 'e' };

function stack(name: string, more: object, environment: Partial<TemplateSource> = {}): TemplateSource {
  return { name, stackName: name, template: { Resources: { Q }, ...more }, ...environment };
}

const exporter = (name: string, environment?: Partial<TemplateSource>, exported: unknown = 'e', more: object = {}) =>
  stack(name, { Outputs: { O: { Value: ARN, Export: { Name: exported }, ...more } } }, environment);
const reader = (raw: unknown, environment?: Partial<TemplateSource>) =>
  stack('Reader', { Resources: { R: { Type: 'X::Y::Z', Properties: { P: raw } } } }, environment);

/** What the one property of the reader is, whatever order the stacks are found in. */
function found(...sources: readonly TemplateSource[]): string {
  const [one, other] = [sources, [...sources].reverse()].map(each => shown(AppModel.of(each).ofType('X::Y::Z')[0].get('P')));
  expect(one).toBe(other);
  return one;
}

const [HERE, THERE] = [{ region: 'eu-west-1' }, { region: 'us-east-1' }];

describe('an import', () => {
  test.each<[string, readonly TemplateSource[], string]>([
    ['of what a stack exports', [exporter('One'), reader(IMPORT)], 'reference ${One/Q.Arn}'],
    ['of what none exports', [exporter('One', {}, 'other'), reader(IMPORT)], 'unknown ${import e}'],
    ['of what two export', [exporter('One'), exporter('Two'), reader(IMPORT)], 'unknown ${import e}'],
    ['of what another region exports', [exporter('One', THERE), reader(IMPORT, HERE)], 'unknown ${import e}'],
    ['of what two regions export', [exporter('One', HERE), exporter('Two', THERE), reader(IMPORT, HERE)], 'reference ${One/Q.Arn}'],
    ['of what two accounts export', [exporter('One', { account: '1' }), exporter('Two', { account: '2' }), reader(IMPORT, { account: '2' })], 'reference ${Two/Q.Arn}'],
    ['without a region, of what two regions export', [exporter('One', HERE), exporter('Two', THERE), reader(IMPORT)], 'unknown ${import e}'],
    ['of what two stages export', [exporter('One', { assembly: 'A' }), exporter('Two', { assembly: 'B' }), reader(IMPORT, { assembly: 'B' })],
      'reference ${Two/Q.Arn}'],
    ['of what another stage exports', [exporter('One', { assembly: 'A' }), reader(IMPORT, { assembly: 'B' })], 'reference ${One/Q.Arn}'],
    ['of what two other stages export', [exporter('One', { assembly: 'A' }), exporter('Two', { assembly: 'B' }), reader(IMPORT, { assembly: 'C' })],
      'unknown ${import e}'],
    ['by a name in parts', [exporter('One', HERE, { 'Fn::Sub': '${AWS::Region}-e' }), reader({ 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-e' } }, HERE)],
      'reference ${One/Q.Arn}'],
    ['by no name', [exporter('One', {}, null), reader({ 'Fn::ImportValue': null })], 'unknown ${import (not set)}'],
    ['of an output that may be left out', [exporter('One', {}, 'e', { Condition: 'No' }), reader(IMPORT)], 'reference ${One/Q.Arn}'],
  ])('%s', (_, sources, expected) => expect(found(...sources)).toBe(expected));

  test('of an output that its condition leaves out finds the other of its name', () => {
    const one = stack('One', {
      Conditions: { Yes: { 'Fn::Equals': [1, 1] }, No: { 'Fn::Equals': [1, 2] } },
      Outputs: {
        Left: { Condition: 'No', Value: 'left out', Export: { Name: 'e' } },
        There: { Condition: 'Yes', Value: ARN, Export: { Name: 'e' } },
      },
    });
    expect(found(one, reader(IMPORT))).toBe('reference ${One/Q.Arn}');
  });

  test('of an export of an import is followed to its end', () => {
    const middle = stack('Two', { Outputs: { O: { Value: IMPORT, Export: { Name: 'f' } } } });
    expect(found(exporter('One'), middle, reader({ 'Fn::ImportValue': 'f' }))).toBe('reference ${One/Q.Arn}');
  });
});

describe('an output of a stack by name', () => {
  const output = (StackName: unknown, Region?: string) => ({ 'Fn::GetStackOutput': { StackName, OutputName: 'O', Region } });
  test.each<[string, readonly TemplateSource[], string]>([
    ['of the same region', [exporter('One', HERE), reader(output('One'), HERE)], 'reference ${One/Q.Arn}'],
    ['of another region', [exporter('One', THERE), reader(output('One', 'us-east-1'), HERE)], 'reference ${One/Q.Arn}'],
    ['of another region that is not named', [exporter('One', THERE), reader(output('One'), HERE)], 'unknown ${output O of stack One}'],
    ['of a stack that is not there', [exporter('One'), reader(output('Two'))], 'unknown ${output O of stack Two}'],
    ['that is not there', [stack('One', {}), reader(output('One'))], 'unknown ${output O}'],
    ['of an unknown stack', [exporter('One'), reader(output({ Ref: 'P' }))], 'unknown ${Fn::GetStackOutput}'],
  ])('%s', (_, sources, expected) => expect(found(...sources)).toBe(expected));
});

describe('an output of a nested stack', () => {
  const parent = (attribute: string) => stack('Reader', {
    Resources: { Nested: { Type: 'AWS::CloudFormation::Stack' }, R: { Type: 'X::Y::Z', Properties: { P: { 'Fn::GetAtt': ['Nested', attribute] } } } },
  });
  const nested = (source: TemplateSource, Outputs: object) => stack('Reader/Nested', { Outputs }, { stackName: undefined, nestedIn: { source, logicalId: 'Nested' } });
  test.each<[string, string, object, string]>([
    ['a reference', 'Outputs.O', { O: { Value: ARN } }, 'reference ${Reader/Nested/Q.Arn}'],
    ['a text', 'Outputs.O', { O: { Value: 'x' } }, 'known x'],
    ['missing', 'Outputs.O', {}, 'unknown ${output O}'],
    ['of a name that means something to JavaScript', 'Outputs.__proto__', {}, 'unknown ${output __proto__}'],
    ['another attribute', 'Other', {}, 'reference ${Reader/Nested.Other}'],
  ])('%s', (_, attribute, outputs, expected) => {
    const above = parent(attribute);
    expect(found(above, nested(above, outputs))).toBe(expected);
  });

  test('whose template is not known is a reference to the nested stack', () => {
    expect(found(parent('Outputs.O'))).toBe('reference ${Reader/Nested.Outputs.O}');
  });
});

describe('what the CDK carries over to another region', () => {
  const NAME = '/cdk/exports/Reader/Q';
  const writer = (name: string, environment: Partial<TemplateSource>, Condition?: string) => stack(name, {
    Conditions: { No: { 'Fn::Equals': [1, 2] } },
    Resources: { Q, W: { Type: 'Custom::CrossRegionExportWriter', Condition, Properties: { WriterProps: { exports: { [NAME]: ARN } } } } },
  }, environment);
  const into = (environment: Partial<TemplateSource>) => stack('Reader', {
    Resources: { E: { Type: 'Custom::CrossRegionExportReader' }, R: { Type: 'X::Y::Z', Properties: { P: { 'Fn::GetAtt': ['E', NAME] } } } },
  }, environment);
  const OPEN = 'reference ${Reader/E./cdk/exports/Reader/Q}';
  test.each<[string, readonly TemplateSource[], string]>([
    ['is followed', [writer('One', THERE), into(HERE)], 'reference ${One/Q.Arn}'],
    ['in another account is not', [writer('One', { account: '1' }), into({ account: '2' })], OPEN],
    ['twice is not', [writer('One', THERE), writer('Two', THERE), into(HERE)], OPEN],
    ['in the own stage is', [writer('One', { assembly: 'A' }), writer('Two', { assembly: 'B' }), into({ assembly: 'B' })], 'reference ${Two/Q.Arn}'],
    ['by a writer that is not made is not', [writer('One', THERE, 'No'), into(HERE)], OPEN],
  ])('%s', (_, sources, expected) => expect(found(...sources)).toBe(expected));
});
