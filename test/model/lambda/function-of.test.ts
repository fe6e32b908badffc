import { AppModel } from '../../../src/model/app-model';
import { functionOf, functionsNamed } from '../../../src/model/lambda/function-of';

const app = AppModel.of([{
  name: 'Stack',
  template: {
    Parameters: { Live: { Type: 'String' } },
    Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Live' }, 'yes'] } },
    Resources: {
      Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'named' } },
      Other: { Type: 'AWS::Lambda::Function' },
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
      Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] } } },
      Circle: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Circle' } } },
      Queue: { Type: 'AWS::SQS::Queue' },
    },
  },
}]);

function named(raw: unknown): string[] {
  return functionsNamed(app, app.scopes[0].read(raw)).map(({ fn, qualifier }) => [fn.logicalId, ...qualifier ? [qualifier.logicalId] : []].join(' by '));
}

test.each<[string, unknown, string[]]>([
  ['a reference', { Ref: 'Fn' }, ['Fn']],
  ['an ARN', { 'Fn::GetAtt': ['Fn', 'Arn'] }, ['Fn']],
  ['an alias', { Ref: 'Alias' }, ['Fn by Alias']],
  ['a version', { Ref: 'Version' }, ['Fn by Version']],
  ['both branches of a condition', { 'Fn::If': ['IsLive', { Ref: 'Alias' }, { Ref: 'Other' }] }, ['Fn by Alias', 'Other']],
  ['one that is named twice', { 'Fn::Sub': '${Fn} and ${Fn}' }, ['Fn']],
  ['a physical name', 'named', ['Fn']],
  ['a physical name with a qualifier', 'named:live', ['Fn']],
  ['an ARN by hand', 'arn:aws:lambda:eu-west-1:111122223333:function:named:live', ['Fn']],
  ['an ARN of unknown account', { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:named' }, ['Fn']],
  ['the URI of an integration', 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/arn:aws:lambda:x:1:function:named/invocations', ['Fn']],
  ['another name', 'named2', []],
  ['another resource', { Ref: 'Queue' }, []],
  ['an alias of itself', { Ref: 'Circle' }, []],
  ['a list', [1], []],
  ['nothing', undefined, []],
])('finds the function in %s', (_, raw, expected) => expect(named(raw)).toEqual(expected));

test('the one function of a value is found without the app', () => {
  expect(functionOf(app.scopes[0].read({ Ref: 'Alias' }))?.logicalId).toBe('Fn');
  expect(functionOf(app.scopes[0].read({ Ref: 'Circle' }))).toBeUndefined();
});
