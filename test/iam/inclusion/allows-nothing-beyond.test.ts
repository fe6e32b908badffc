import { isAllowed } from './naive-evaluator';
import { policyOf, Written } from './policy-of';
import { allowsNothingBeyond, Inclusion, Universe } from '../../../src/iam/inclusion/allows-nothing-beyond';
import { KnownAction } from '../../../src/iam/inclusion/policy';

/** Asks, and holds a counterexample against the evaluator. */
function compare(one: readonly Written[], other: readonly Written[], universe?: Universe): Inclusion {
  const [policy, reference] = [policyOf(...one), policyOf(...other)];
  const inclusion = allowsNothingBeyond(policy, reference, universe);
  expect(inclusion.witness !== undefined).toBe(inclusion.verdict === 'no');
  if (inclusion.witness) expect([isAllowed(policy, inclusion.witness), isAllowed(reference, inclusion.witness)]).toEqual([true, false]);
  return inclusion;
}

const verdictOf = (one: readonly Written[], other: readonly Written[]) => compare(one, other).verdict;

describe('actions and resources', () => {
  test.each<[string, Written[], Written[], string]>([
    ['the same', [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }], [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }], 'yes'],
    ['in other case', [{ Action: 'S3:getobject', Resource: '*' }], [{ Action: 's3:GetObject', Resource: '*' }], 'yes'],
    ['a resource in other case', [{ Resource: 'arn:aws:s3:::B' }], [{ Resource: 'arn:aws:s3:::b' }], 'no'],
    ['fewer actions', [{ Action: 's3:GetObject', Resource: '*' }], [{ Action: 's3:Get*', Resource: '*' }], 'yes'],
    ['more actions', [{ Action: 's3:Get*', Resource: '*' }], [{ Action: 's3:GetObject', Resource: '*' }], 'no'],
    ['split and reordered', [{ Action: ['a:B', 'a:C'], Resource: '*' }], [{ Action: 'a:C', Resource: '*' }, { Action: 'a:B', Resource: '*' }], 'yes'],
    ['merged beyond what there was', [{ Action: ['a:B', 'a:C'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::c'] }],
      [{ Action: 'a:B', Resource: 'arn:aws:s3:::b' }, { Action: 'a:C', Resource: 'arn:aws:s3:::c' }], 'no'],
    ['denied here', [{ Action: 'a:*', Resource: '*' }, { Effect: 'Deny', Action: 'a:B', Resource: '*' }], [{ NotAction: 'a:B', Resource: '*' }], 'yes'],
    ['denied there', [{ Action: 'a:*', Resource: '*' }], [{ Action: 'a:*', Resource: '*' }, { Effect: 'Deny', Action: 'a:B', Resource: '*' }], 'no'],
    ['all but, and all but more', [{ NotAction: ['a:B', 'a:C'], Resource: '*' }], [{ NotAction: 'a:B', Resource: '*' }], 'yes'],
    ['all but, and all but others', [{ NotAction: 'a:C', Resource: '*' }], [{ NotAction: 'a:B', Resource: '*' }], 'no'],
    ['all resources but one', [{ NotResource: 'arn:aws:s3:::b' }], [{ Resource: '*' }, { Effect: 'Deny', Resource: 'arn:aws:s3:::b' }], 'yes'],
    ['nothing at all', [], [], 'yes'],
    ['nothing allowed', [{ Effect: 'Deny', Resource: '*' }], [], 'yes'],
    ['something against nothing', [{ Action: 'a:B', Resource: '*' }], [], 'no'],
  ])('%s', (_, one, other, expected) => expect(verdictOf(one, other)).toBe(expected));

  test('a counterexample is as short as can be', () => {
    expect(compare([{ Action: 's3:*', Resource: 'arn:aws:s3:::b*' }], [{ Action: 's3:*', Resource: 'arn:aws:s3:::b' }]).witness)
      .toEqual({ action: 's3:x', resource: 'arn:aws:s3:::bx', context: {} });
  });

  test('no ARN comes from wildcards that cross its fields', () => {
    // What is between the colons has to be somewhere, and a resource is not empty.
    expect(verdictOf([{ Resource: 'arn:aws:sqs:*' }], [{ Resource: 'arn:aws:sqs:*:*:?*' }])).toBe('yes');
    expect(verdictOf([{ Resource: 'arn:aws:s3' }], [])).toBe('yes');
    expect(verdictOf([{ Resource: 'a*' }], [{ Resource: 'arn:*' }])).toBe('yes');
    expect(verdictOf([{ Resource: '*' }], [{ Resource: 'arn:*' }])).toBe('no');
  });

  test('of known actions, only their own resources count', () => {
    const actions: KnownAction[] = [
      { name: 'sqs:SendMessage', resources: ['arn:*:sqs:*:*:*'] }, { name: 'sqs:ListQueues', resources: [] }, { name: 's3:GetObject', resources: ['arn:*:s3:::*/*'] },
    ];
    const ask = (one: Written, other: Written) => compare([one], [other], { actions }).verdict;
    expect(ask({ Action: 'sqs:*', Resource: 'arn:*' }, { Action: 'sqs:Send*', Resource: 'arn:*:sqs:*' })).toBe('yes');
    expect(ask({ Action: 'sqs:*', Resource: '*' }, { Action: 'sqs:Send*', Resource: 'arn:*:sqs:*' })).toBe('no');
    expect(ask({ Action: 's3:*', Resource: '*' }, { Action: 's3:GetObject', Resource: 'arn:aws*:s3:::*/*' })).toBe('no');
    expect(ask({ Action: 's3:*', Resource: 'arn:aws:s3:::b*' }, { Action: 's3:GetObject', Resource: 'arn:aws:s3:::b*/*' })).toBe('yes');
    expect(ask({ Action: 'nobody:Knows', Resource: '*' }, { Action: 's3:GetObject', Resource: '*' })).toBe('yes');
  });
});

describe('principals', () => {
  const role = { AWS: 'arn:aws:iam::111122223333:role/service/app' };
  const session = { AWS: 'arn:aws:sts::111122223333:assumed-role/app/s' };
  const account = { AWS: '111122223333' };
  const root = { AWS: 'arn:aws:iam::111122223333:root' };
  const service = { Service: 'lambda.amazonaws.com' };
  test.each<[string, Written[], Written[], string]>([
    ['everybody in two ways', [{ Principal: '*' }], [{ Principal: { AWS: '*' } }], 'yes'],
    ['a role of everybody', [{ Principal: role }], [{ Principal: '*' }], 'yes'],
    ['everybody and a role', [{ Principal: '*' }], [{ Principal: role }], 'no'],
    ['a session of a role', [{ Principal: session }], [{ Principal: role }], 'yes'],
    ['a role and one of its sessions', [{ Principal: role }], [{ Principal: session }], 'no'],
    ['a role of an account', [{ Principal: role }], [{ Principal: account }], 'yes'],
    ['an account in two ways', [{ Principal: root }], [{ Principal: account }], 'yes'],
    ['an account and a role of it', [{ Principal: account }], [{ Principal: role }], 'no'],
    ['a service and an account', [{ Principal: service }], [{ Principal: account }], 'no'],
    ['a service among others', [{ Principal: service }], [{ Principal: { Service: ['s3.amazonaws.com', 'lambda.amazonaws.com'] } }], 'yes'],
    ['all but a role, of which nobody is sure', [{ Principal: role }], [{ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/other' } }], 'unknown'],
    ['all but a role of another account', [{ Principal: service }], [{ NotPrincipal: role }], 'yes'],
    ['the same exception', [{ NotPrincipal: role }], [{ NotPrincipal: role }], 'yes'],
    ['a wildcard, which IAM does not take', [{ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }], [{ Principal: role }], 'unknown'],
  ])('%s', (_, one, other, expected) => expect(verdictOf(one, other)).toBe(expected));
});

test('policy variables are anything for who is granted, and nothing for what is held against it', () => {
  const home = { Resource: 'arn:aws:s3:::b/${aws:username}/*' };
  expect(verdictOf([home], [{ Resource: 'arn:aws:s3:::b/*' }])).toBe('yes');
  expect(verdictOf([home], [{ Resource: 'arn:aws:s3:::b/x/*' }])).toBe('unknown');
  expect(verdictOf([{ Resource: 'arn:aws:s3:::b/x/*' }], [home])).toBe('unknown');
  expect(verdictOf([{ Resource: 'arn:aws:s3:::c/*' }], [home])).toBe('no');
  expect(verdictOf([home], [home])).toBe('yes');
  expect(verdictOf([home], [{ Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/${aws:username}/*'] }])).toBe('yes');
  expect(verdictOf([home], [{ Resource: 'arn:aws:s3:::b/${aws:userid}/*' }])).toBe('unknown');
  expect(verdictOf([{ Resource: 'arn:aws:s3:::b/${*}' }], [{ Resource: 'arn:aws:s3:::b/?' }])).toBe('yes');
  expect(allowsNothingBeyond(policyOf({ Resource: 'arn:aws:s3:::b/*' }), policyOf({ Resource: 'arn:aws:s3:::b/${*}' })).verdict).toBe('no');
});

test('names that deployment gives are equal to themselves only, and of a length that nobody knows', () => {
  const [queue, other] = ['\u{E000}', '\u{E001}'].map(name => ({ Resource: `arn:aws:sqs:eu-west-1:111122223333:${name}` }));
  expect(verdictOf([queue], [queue])).toBe('yes');
  expect(verdictOf([queue], [other])).toBe('no');
  expect(verdictOf([queue], [{ Resource: 'arn:aws:sqs:*:111122223333:*' }])).toBe('yes');
  expect(verdictOf([queue], [{ Resource: 'arn:aws:sqs:*:111122223333:?' }])).toBe('unknown');
  expect(verdictOf([queue], [{ Resource: 'arn:aws:sqs:*:111122223333:orders' }])).toBe('no');
  expect(verdictOf([{ Resource: '\u{E000}' }], [{ Resource: ['\u{E001}', '\u{E000}'] }])).toBe('yes');
  expect(verdictOf([{ Resource: '\u{E000}' }], [{ Resource: 'arn:aws:s3:::*' }])).toBe('no');
});

test('a question that takes too long is given up, and answered neither way', () => {
  const many = (length: number) => ({ Resource: [...'abcdefgh'].map(each => `arn:aws:s3:::*${each}${'?'.repeat(length)}*`) });
  const hard = { ...many(30), Resource: `arn:aws:s3:::?*a${'?'.repeat(20)}` };
  expect(allowsNothingBeyond(policyOf(hard, many(24)), policyOf(many(25)))).toEqual({ verdict: 'unknown' });
});
