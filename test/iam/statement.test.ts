import { at, modelOf } from './model-of';
import { mayAllow } from '../../src/iam/access';
import { statementsOf } from '../../src/iam/policy-document';
import { Statement } from '../../src/iam/statement';

const SECTIONS = { Parameters: { Any: { Type: 'String' } }, Conditions: { Sometimes: { 'Fn::Equals': [{ Ref: 'Any' }, 'x'] } } };

function parsed(document: unknown): readonly Statement[] {
  const app = modelOf({ Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: document } } }, SECTIONS);
  return statementsOf(at(app, 'Stack/Policy'), 'PolicyDocument');
}

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const NO_VALUE = { Ref: 'AWS::NoValue' };
const sometimes = (then: unknown, otherwise: unknown = NO_VALUE) => ({ 'Fn::If': ['Sometimes', then, otherwise] });

describe('a document', () => {
  test.each<[string, unknown, string[]]>([
    ['has a list of statements', { Statement: [ALLOW, ALLOW] }, ['PolicyDocument.Statement.0', 'PolicyDocument.Statement.1']],
    ['has one statement', { Statement: ALLOW }, ['PolicyDocument.Statement']],
    ['is a text', JSON.stringify({ Statement: [ALLOW] }), ['PolicyDocument.Statement.0']],
    ['keeps its places beside what is left out', { Statement: [NO_VALUE, ALLOW] }, ['PolicyDocument.Statement.1']],
    ['is missing', undefined, []],
    ['is empty', {}, []],
  ])('%s', (_, document, places) => expect(parsed(document).map(({ origin }) => origin.property)).toEqual(places));

  test('may have a statement by a condition', () => {
    const [always, maybe] = parsed({ Statement: [ALLOW, sometimes(ALLOW)] });
    expect([always.exists, maybe.exists]).toEqual(['yes', 'unknown']);
  });

  test('may depend on a condition as a whole', () => {
    expect(parsed(sometimes({ Statement: [ALLOW] }, { Statement: [ALLOW] })).map(({ exists }) => exists)).toEqual(['unknown', 'unknown']);
  });

  test('is a text with references in it', () => {
    const [statement] = parsed({ 'Fn::Join': ['', ['{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"', { Ref: 'Policy' }, '/*"}]}']] });
    expect(statement.resources.each.map(String)).toEqual(['${Stack/Policy.Ref}/*']);
    expect(statement.resources.value.targets.map(String)).toEqual(['Stack/Policy']);
  });

  test.each<[string, unknown]>([['a parameter', { Ref: 'Any' }], ['no JSON', 'Statement'], ['a list from a parameter', { Statement: { Ref: 'Any' } }]])('that is %s leaves all open', (_, document) => {
    expect(mayAllow(parsed(document), 's3:GetObject')).toBe('unknown');
  });

  test.each([[7], [null], [[]], [{ Statement: 7 }], [{ Statement: [null, 7, [[]]] }], [{ Statement: [{ Effect: {}, Action: {}, Resource: [{}] }] }]])('%j makes nothing throw', document => {
    for (const statement of parsed(document)) {
      expect([statement.allows, statement.concerns('s3:GetObject'), statement.covers(() => 'yes'), statement.admits(() => 'yes'), statement.isConditional,
        statement.requires(() => 'yes')].every(answer => ['yes', 'no', 'unknown'].includes(answer))).toBe(true);
      expect(String(statement)).toMatch(/of/);
    }
  });
});

describe('whether a statement is about an action', () => {
  test.each<[string, unknown, string, string]>([
    ['the action', 's3:GetObject', 's3:GetObject', 'yes'],
    ['in another case', 'S3:getobject', 's3:GetObject', 'yes'],
    ['another action', 's3:PutObject', 's3:GetObject', 'no'],
    ['a wildcard', ['sqs:SendMessage', 's3:Get*'], 's3:GetObject', 'yes'],
    ['all of a service', 's3:*', 's3:*', 'yes'],
    ['some of a service', 's3:Get*', 's3:*', 'no'],
    ['a parameter', { Ref: 'Any' }, 's3:GetObject', 'unknown'],
    ['a parameter beside the action', [{ Ref: 'Any' }, 's3:GetObject'], 's3:GetObject', 'yes'],
    ['the action by a condition', [sometimes('s3:GetObject')], 's3:GetObject', 'unknown'],
    ['the action in each case', sometimes('s3:GetObject', ['s3:*']), 's3:GetObject', 'yes'],
    ['a million characters', '*a'.repeat(500_000), 's3:GetObject', 'unknown'],
    ['nothing', undefined, 's3:GetObject', 'no'],
  ])('%s', (_, Action, action, expected) => expect(parsed({ Statement: { Effect: 'Allow', Action } })[0].concerns(action)).toBe(expected));

  test.each<[unknown, string, string]>([
    ['iam:*', 's3:GetObject', 'yes'], ['iam:*', 'iam:PassRole', 'no'], ['s3:Get*', 's3:*', 'no'], ['iam:*', 's3:*', 'yes'], [{ Ref: 'Any' }, 's3:GetObject', 'unknown'],
  ])('all but %j: %s is %s', (NotAction, action, expected) => expect(parsed({ Statement: { Effect: 'Allow', NotAction } })[0].concerns(action)).toBe(expected));
});

describe('what statements may allow', () => {
  const DENY = { Effect: 'Deny', Action: 's3:*', Resource: '*' };

  test.each<[string, unknown[], string]>([
    ['nothing', [], 'no'],
    ['the action', [ALLOW], 'yes'],
    ['the action under a condition', [{ ...ALLOW, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }], 'yes'],
    ['what is denied', [ALLOW, DENY], 'no'],
    ['what is denied for some resources', [ALLOW, { ...DENY, Resource: 'arn:aws:s3:::bucket/*' }], 'yes'],
    ['what is denied under a condition', [ALLOW, { ...DENY, Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } }], 'yes'],
    ['what may be denied', [ALLOW, sometimes(DENY)], 'unknown'],
    ['an unknown effect', [{ ...ALLOW, Effect: { Ref: 'Any' } }], 'unknown'],
    ['only a denial', [DENY], 'no'],
  ])('%s', (_, statements, expected) => expect(mayAllow(parsed({ Statement: statements }), 's3:GetObject')).toBe(expected));
});

describe('principals', () => {
  const statement = (element: object) => parsed({ Statement: { Effect: 'Allow', ...element } })[0];

  test.each<[string, object, string[]]>([
    ['everybody', { Principal: '*' }, ['*:*']],
    ['several of a type', { Principal: { AWS: ['a', 'b'], Service: 's' } }, ['AWS:a', 'AWS:b', 'Service:s']],
    ['all but one', { NotPrincipal: { AWS: 'a' } }, ['*:*']],
    ['by a condition', { Principal: { AWS: [sometimes('a', 'b')] } }, ['AWS:a', 'AWS:b']],
    ['nobody', {}, []],
  ])('%s', (_, element, expected) => expect(statement(element).principals.map(({ type, value }) => `${type}:${value}`)).toEqual(expected));

  test('whether one is admitted depends on conditions of the template', () => {
    const isB = (given: object) => statement(given).admits(({ value }) => value.is('b'));
    expect(isB({ Principal: { AWS: ['a', 'b'] } })).toBe('yes');
    expect(isB({ Principal: { AWS: [sometimes('a', 'b')] } })).toBe('unknown');
    expect(isB({ Principal: { AWS: 'a' } })).toBe('no');
    expect(isB({ Principal: { Ref: 'Any' } })).toBe('unknown');
  });
});

test('conditions are read as operator, key and values', () => {
  const [statement] = parsed({ Statement: { Condition: { ArnLike: { 'AWS:SourceArn': 'a' }, StringEquals: { 'aws:SourceAccount': ['1', '2'] } } } });
  const seen: string[] = [];
  statement.requires(({ operator, key, values }) => {
    seen.push(`${operator} ${key} ${values.items.map(String).join('|')}`);
    return 'no';
  });
  expect(seen).toEqual(['ArnLike aws:sourcearn a', 'StringEquals aws:sourceaccount 1|2']);
});
