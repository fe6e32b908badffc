import { AppModel } from '../../src/model/app-model';
import { edges } from '../../src/model/edges';
import { TemplateSource } from '../../src/model/template-source';

const Q = { Type: 'AWS::SQS::Queue' };
const show = (sources: readonly TemplateSource[]) =>
  edges(AppModel.of(sources)).all.map(({ from, property, to, attribute }) => `${from}.${property} -> ${to}.${attribute}`);
const source = (template: object, name = 'S'): TemplateSource => ({ name, stackName: name, template });

test('an edge keeps the property it came from, however the reference is written', () => {
  expect(show([source({
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Resources: {
      A: Q,
      B: Q,
      C: {
        Type: 'X::Y::Z',
        Properties: {
          List: ['x', { Ref: 'A' }],
          Map: { Deep: [{ Arn: { 'Fn::GetAtt': ['A', 'Arn'] } }] },
          Text: { 'Fn::Sub': '${A}/${B.Arn}/${A}' },
          Either: { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'B' }] },
          None: { Ref: 'AWS::NoValue' },
        },
      },
    },
  })])).toEqual([
    'S/C.Either -> S/A.Ref', 'S/C.Either -> S/B.Ref', 'S/C.List.1 -> S/A.Ref', 'S/C.Map.Deep.0.Arn -> S/A.Arn',
    'S/C.Text -> S/A.Ref', 'S/C.Text -> S/B.Arn',
  ]);
});

test('edges lead to other stacks', () => {
  expect(show([
    source({ Resources: { Q }, Outputs: { O: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: 'e' } } } }, 'Other'),
    source({
      Resources: {
        R: {
          Type: 'X::Y::Z',
          Properties: {
            Strong: { 'Fn::ImportValue': 'e' }, Weak: { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'O' } },
          },
        },
      },
    }),
  ])).toEqual(['S/R.Strong -> Other/Q.Arn', 'S/R.Weak -> Other/Q.Arn']);
});

test('edges are found from both ends', () => {
  const app = AppModel.of([source({ Resources: { A: { ...Q, Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['B', 'Arn'] } } } }, B: Q } })]);
  const [a, b] = app.resources;
  expect(edges(app).references(a)).toEqual([{ from: a, property: 'RedrivePolicy.deadLetterTargetArn', to: b, attribute: 'Arn' }]);
  expect(edges(app).referencedBy(b)).toEqual(edges(app).references(a));
  expect([edges(app).references(b), edges(app).referencedBy(a)]).toEqual([[], []]);
});

test('twenty thousand resources may name the same one', () => {
  const Resources: Record<string, unknown> = { Q };
  for (let index = 0; index < 20_000; index++) Resources[`R${index}`] = { ...Q, Properties: { A: { Ref: 'Q' } } };
  const app = AppModel.of([source({ Resources })]);
  // Whoever looks at each for each doesn't come to an end before the test is stopped.
  expect(edges(app).all).toHaveLength(20_000);
});
