import { propertyOf, shown } from './one-property';
import { AppModel } from '../../src/model/app-model';
import { TemplateSource } from '../../src/model/template-source';

const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);
const UNKNOWN = 'unknown ${parameter P}';

describe('a parameter is what its declaration says', () => {
  test.each<[unknown, string]>([
    [{ Type: 'String' }, UNKNOWN],
    [{ Type: 'String', Default: 'a' }, 'known a'],
    [{ Type: 'String', Default: '' }, 'known '],
    [{ Type: 'Number', Default: 5 }, 'known 5'],
    [{ Default: true }, 'known true'],
    [{ Type: 'String', Default: null }, UNKNOWN],
    [{ Type: 'String', Default: { Ref: 'A' } }, UNKNOWN],
    [{ Type: 'String', AllowedValues: ['a', 'b'] }, 'either a or b'],
    [{ Type: 'String', AllowedValues: ['a', 'b'], Default: 'a' }, 'either a or b'],
    [{ Type: 'String', AllowedValues: ['a'] }, 'known a'],
    [{ Type: 'String', AllowedValues: [] }, UNKNOWN],
    [{ Type: 'String', AllowedValues: ['a', { Ref: 'A' }] }, 'either a or ${parameter P}'],
    [{ Type: 'String', AllowedValues: 'a' }, UNKNOWN],
    [{ Type: 'String', AllowedValues: values(33) }, UNKNOWN],
    [{ Type: 'CommaDelimitedList', Default: 'a, b' }, 'known ["a","b"]'],
    [{ Type: 'CommaDelimitedList', Default: 'a' }, 'known ["a"]'],
    [{ Type: 'List<Number>', Default: '1,2' }, 'known ["1","2"]'],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, UNKNOWN],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, UNKNOWN],
    [{ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' }, UNKNOWN],
    [{ Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/a/b' }, UNKNOWN],
    [{ Type: 'AWS::SSM::Parameter::Name', Default: '/a/b' }, 'known /a/b'],
    [{ Type: 'AWS::EC2::KeyPair::KeyName', Default: 'key' }, 'known key'],
    [{ Type: 'String', NoEcho: true, Default: 'a' }, UNKNOWN],
    [{ Type: 'String', NoEcho: 'true', AllowedValues: ['a'] }, UNKNOWN],
    [{ Type: 'String', NoEcho: false, Default: 'a' }, 'known a'],
    ['String', UNKNOWN],
    [null, UNKNOWN],
    [['a'], UNKNOWN],
  ])('%j: %s', (declaration, expected) => expect(shown(propertyOf({ Ref: 'P' }, { Parameters: { P: declaration } }))).toBe(expected));

  test('each of thirty-two allowed values counts', () => {
    expect(propertyOf({ Ref: 'P' }, { Parameters: { P: { AllowedValues: values(32) } } }).branches).toHaveLength(32);
  });

  test('what is not echoed is a secret, also within a text', () => {
    const Parameters = { P: { Type: 'String', NoEcho: true }, Q: { Type: 'String' } };
    expect(propertyOf({ Ref: 'P' }, { Parameters }).isHidden).toBe(true);
    expect(propertyOf({ Ref: 'Q' }, { Parameters }).isHidden).toBe(false);
    expect(propertyOf({ 'Fn::Sub': 'x${P}' }, { Parameters }).parts.map(part => typeof part === 'string' ? part : part.isHidden)).toEqual(['x', true]);
  });
});

describe('a parameter of a nested stack', () => {
  const CONDITIONS = { Open: { 'Fn::Equals': [{ Ref: 'Name' }, 'x'] } };

  /** What a parameter with this declaration is in a stack to which its parent passes this. */
  function passed(given: unknown, declaration: object): string {
    const parent: TemplateSource = {
      name: 'Parent',
      template: {
        Parameters: { Name: { Type: 'String' } },
        Conditions: CONDITIONS,
        Resources: { Q: { Type: 'AWS::SQS::Queue' }, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: given } } } },
      },
    };
    const nested: TemplateSource = {
      name: 'Parent/Nested',
      nestedIn: { source: parent, logicalId: 'Nested' },
      template: { Parameters: { P: declaration }, Resources: { Subject: { Type: 'X::Y::Z', Properties: { P: { Ref: 'P' } } } } },
    };
    return shown(AppModel.of([nested, parent]).ofType('X::Y::Z')[0].get('P'));
  }

  test.each<[unknown, object, string]>([
    ['a', { Type: 'String', Default: 'b' }, 'known a'],
    [undefined, { Type: 'String', Default: 'b' }, 'known b'],
    [{ Ref: 'AWS::NoValue' }, { Type: 'String', Default: 'b' }, 'known b'],
    [{ 'Fn::If': ['Open', 'a', { Ref: 'AWS::NoValue' }] }, { Type: 'String', Default: 'b' }, 'either a or b'],
    [{ 'Fn::If': ['Open', 'a', { Ref: 'AWS::NoValue' }] }, { Type: 'String' }, 'either a or ${parameter P}'],
    [{ 'Fn::If': ['Open', 'a,b', 'c'] }, { Type: 'CommaDelimitedList' }, 'either ["a","b"] or ["c"]'],
    ['a,b', { Type: 'CommaDelimitedList' }, 'known ["a","b"]'],
    [['a', 'b'], { Type: 'CommaDelimitedList' }, 'known ["a","b"]'],
    [{ 'Fn::GetAtt': ['Q', 'Arn'] }, { Type: 'String' }, 'reference ${Parent/Q.Arn}'],
    [{ Ref: 'Name' }, { Type: 'String', Default: 'b' }, 'unknown ${parameter Name}'],
    ['/a/b', { Type: 'AWS::SSM::Parameter::Value<String>' }, UNKNOWN],
    ['a', { Type: 'String', NoEcho: true }, UNKNOWN],
  ])('that is given %j and declared %j: %s', (given, declaration, expected) => expect(passed(given, declaration)).toBe(expected));
});
