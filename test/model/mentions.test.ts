import { AppModel } from '../../src/model/app-model';
import { mentionsOf } from '../../src/model/mentions';

test('a resource is found wherever its template names it', () => {
  const app = AppModel.of([{
    name: 'Stack',
    template: {
      Parameters: { Never: { Type: 'String', Default: 'no' } },
      Conditions: { Never: { 'Fn::Equals': [{ Ref: 'Never' }, 'yes'] } },
      Resources: {
        Fn: { Type: 'AWS::Lambda::Function' },
        ByRef: { Type: 'X', Properties: { a: [{ b: { Ref: 'Fn' } }, { Ref: 'Fn' }] } },
        ByAttribute: { Type: 'X', Properties: { a: { 'Fn::GetAtt': ['Fn', 'Arn'] } } },
        ByShortAttribute: { Type: 'X', Properties: { a: { 'Fn::GetAtt': 'Fn.Arn' } } },
        BySub: { Type: 'X', Properties: { a: { 'Fn::Sub': 'x${Fn.Arn}' } } },
        BySubWithVariables: { Type: 'X', Properties: { a: { 'Fn::Sub': ['x${Fn}', {}] } } },
        OnlyAfter: { Type: 'X', DependsOn: 'Fn', Metadata: { a: { Ref: 'Fn' } } },
        NotCreated: { Type: 'X', Condition: 'Never', Properties: { a: { Ref: 'Fn' } } },
        Odder: { Type: 'X', Properties: { a: { 'Fn::GetAtt': { toString: null } } } },
        Odd: { Type: 'X', Properties: { a: { 'Ref': ['Fn'], 'Fn::GetAtt': [{}], 'Fn::Sub': 1 } } },
      },
      Outputs: { Name: { Value: { Ref: 'Fn' } } },
    },
  }, { name: 'Other', template: { Resources: { Elsewhere: { Type: 'X', Properties: { a: { Ref: 'Fn' } } } } } }]);
  const { resources, outputs } = mentionsOf(app, app.ofType('AWS::Lambda::Function')[0]);
  expect(resources.map(({ logicalId }) => logicalId)).toEqual(['ByAttribute', 'ByRef', 'ByShortAttribute', 'BySub', 'BySubWithVariables']);
  expect(outputs).toEqual(['Name']);
});
