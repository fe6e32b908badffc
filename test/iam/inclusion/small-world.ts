import { Written } from './policy-of';
import { Random } from './random';
import { AccessRequest, PolicyPrincipal } from '../../../src/iam/inclusion/policy';

/** A world so small that all of its requests can be tried, and statements that tell them apart in many ways. */
export const ACTIONS = ['a:Get', 'a:Put', 'b:Get', 'z:Z'];
const ACTION_PATTERNS = ['*', 'a:*', 'A:get', 'a:?et', '*:Get', 'b:Get', 'a:Put'];

export const RESOURCES = ['*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/k', 'arn:aws:s3:::c', 'arn:aws:sqs:eu:1:b', 'arn:aws:sqs:us:1:b'];
const RESOURCE_PATTERNS = ['*', 'arn:*', 'arn:aws:s3:::*', 'arn:aws:s3:::b*', 'arn:aws:s3:::?', 'arn:*:b', 'arn:aws:sqs:*:1:b', 'arn:aws:sqs:eu:1:b',
  'arn:aws:s3:::b/k'];

export const PRINCIPALS: readonly PolicyPrincipal[] = [
  { type: 'AWS', id: 'arn:aws:iam::111122223333:role/r' },
  { type: 'AWS', id: 'arn:aws:sts::111122223333:assumed-role/r/s' },
  { type: 'AWS', id: 'arn:aws:iam::444455556666:user/u' },
  { type: 'Service', id: 'lambda.amazonaws.com' },
];
const PRINCIPAL_ELEMENTS: readonly Written['Principal'][] = ['*', { AWS: '*' }, { AWS: '111122223333' }, { AWS: PRINCIPALS[0].id }, { AWS: PRINCIPALS[1].id },
  { Service: 'lambda.amazonaws.com', AWS: 'arn:aws:iam::444455556666:root' }];

/** Values of each key; undefined where it is absent. */
export const KEYS: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  't': [undefined, 'a', 'A', 'ab', 'b'],
  'n': [undefined, '-1', '1', '1.5', '2', '3'],
  'd': [undefined, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-06-01T00:00:00Z'],
  'b': [undefined, 'true', 'false'],
  'ip': [undefined, '10.0.0.1', '10.128.0.1', '11.0.0.1', '2001:db8::1'],
  'arn': [undefined, 'arn:aws:sns:eu:1:t', 'arn:aws:sns:us:1:t', 'arn:aws:sns:eu:1:t:u'],
  'aws:tagkeys': [undefined, 'a', ['a', 'b'], ['b', 'x'], ['a', 'b', 'x']],
};

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const RELATIONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const TESTS: readonly (readonly [key: string, operators: readonly string[], values: readonly string[]])[] = [
  ['t', STRINGS, ['a', 'a*', '?', 'B']],
  ['n', RELATIONS.map(each => `Numeric${each}`), ['1', '2', '2.5']],
  ['d', RELATIONS.map(each => `Date${each}`), ['2026-01-02T00:00:00Z', '2026-03-01']],
  ['b', ['Bool'], ['true', 'FALSE']],
  ['ip', ['IpAddress', 'NotIpAddress'], ['10.0.0.0/8', '10.0.0.0/9', '::/0', '0.0.0.0/0']],
  ['arn', ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals', 'StringLike'],
    ['arn:aws:sns:*:1:t', 'arn:*:*:*:*:*', 'arn:aws:sns:eu:1:t', 'arn:aws:s?s:eu:1:t*']],
  ['aws:TagKeys', STRINGS.slice(0, 4).flatMap(each => [`ForAllValues:${each}`, `ForAnyValue:${each}`]), ['a', 'b', '*', '?']],
];

/** A statement at random. */
export function statementAt(random: Random, { principals = true } = {}): Written {
  const actions = random.some(ACTION_PATTERNS, 2);
  const resources = random.some(RESOURCE_PATTERNS, 2);
  return {
    Effect: random.once(3) ? 'Deny' : 'Allow',
    ...random.once(6) ? { NotAction: actions } : { Action: actions },
    ...random.once(6) ? { NotResource: resources } : { Resource: resources },
    ...principals && random.once(3) ? { Principal: random.of(PRINCIPAL_ELEMENTS) } : {},
    ...random.once(2) ? { Condition: conditionAt(random) } : {},
  };
}

function conditionAt(random: Random): NonNullable<Written['Condition']> {
  const tests = random.some(TESTS, 2).map(([key, operators, values]) => {
    const [operator, wanted] = random.once(10) ? ['Null', [random.of(['true', 'false'])]] : [random.of(operators), random.some(values, 2)];
    const isPlain = operator !== 'Null' && !operator.startsWith('For');
    return { [isPlain && random.once(4) ? `${operator}IfExists` : operator]: { [key]: wanted } };
  });
  return Object.assign({}, ...tests);
}

/** The keys that statements ask for, in lower case. */
export function keysIn(statements: readonly Written[]): readonly string[] {
  return [...new Set(statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys)).map(key => key.toLowerCase()))];
}

/** All contexts that differ in some keys. */
export function contextsOf(keys: readonly string[]): readonly AccessRequest['context'][] {
  return keys.reduce<AccessRequest['context'][]>((contexts, key) => contexts.flatMap(context =>
    KEYS[key].map(value => value === undefined ? context : { ...context, [key]: value })), [{}]);
}
