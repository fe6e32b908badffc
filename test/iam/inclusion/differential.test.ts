import * as fc from 'fast-check';
import { isAllowed } from './naive-evaluator';
import { policyOf, Written } from './policy-of';
import { allowsNothingBeyond } from '../../../src/iam/inclusion/allows-nothing-beyond';
import { AccessRequest } from '../../../src/iam/inclusion/policy';

/**
 * Random policies over a universe so small that all of its requests can be tried. Inclusion is about all requests there are, so that it may
 * find a counterexample where there is none in the small universe, but must not miss one; each that it finds is held against the evaluator.
 */
const oneOrTwo = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

const ACTIONS = ['a:Get', 'a:Put', 'b:Get', 'z:Z'];
const actions = oneOrTwo('*', 'a:*', 'A:get', 'a:?et', '*:Get', 'b:Get');

const RESOURCES = ['*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/k', 'arn:aws:s3:::c', 'arn:aws:sqs:eu:1:b', 'arn:aws:sqs:us:1:b'];
const resources = oneOrTwo('*', 'arn:*', 'arn:aws:s3:::*', 'arn:aws:s3:::b*', 'arn:aws:s3:::?', 'arn:*:b', 'arn:aws:sqs:*:1:b', 'arn:aws:sqs:eu:1:b');

const PRINCIPALS = [['AWS', 'arn:aws:iam::111122223333:role/r'], ['AWS', 'arn:aws:sts::111122223333:assumed-role/r/s'],
  ['AWS', 'arn:aws:iam::444455556666:user/u'], ['Service', 'lambda.amazonaws.com']].map(([type, id]) => ({ type, id }));
const principals = fc.constantFrom<Written['Principal']>('*', { AWS: '*' }, { AWS: '111122223333' }, { AWS: PRINCIPALS[0].id }, { AWS: PRINCIPALS[1].id },
  { Service: 'lambda.amazonaws.com', AWS: 'arn:aws:iam::444455556666:root' });

const KEYS: Readonly<Record<string, readonly (string | string[] | undefined)[]>> = {
  't': [undefined, 'a', 'A', 'ab', 'b'],
  'n': [undefined, '-1', '1', '1.5', '2', '3'],
  'ip': [undefined, '10.0.0.1', '10.128.0.1', '11.0.0.1', '2001:db8::1'],
  'arn': [undefined, 'arn:aws:sns:eu:1:t', 'arn:aws:sns:us:1:t', 'arn:aws:sns:eu:1:t:u'],
  'aws:tagkeys': [undefined, 'a', ['a', 'b'], ['b', 'x'], ['a', 'b', 'x']],
};
const OPERATORS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['t', ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'], ['a', 'a*', '?', 'B']],
  ['n', ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'], ['1', '2', '2.5']],
  ['ip', ['IpAddress', 'NotIpAddress'], ['10.0.0.0/8', '10.0.0.0/9', '::/0', '0.0.0.0/0']],
  ['arn', ['ArnLike', 'ArnNotLike', 'ArnEquals', 'StringLike'], ['arn:aws:sns:*:1:t', 'arn:*:*:*:*:*', 'arn:aws:sns:eu:1:t', 'arn:aws:s?s:eu:1:t*']],
  ['aws:TagKeys', ['StringLike', 'StringNotLike', 'StringEquals', 'StringNotEquals'].flatMap(each => [`ForAllValues:${each}`, `ForAnyValue:${each}`]),
    ['a', 'b', '*', '?']],
];
const condition = fc.constantFrom(...OPERATORS).chain(([key, operators, values]) => fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.tuple(fc.constantFrom(...operators), oneOrTwo(...values)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('Null'), oneOrTwo('true', 'false')) }),
  fc.boolean(),
).map(([[operator, wanted], ifExists]) =>
  ({ [ifExists && operator !== 'Null' && !operator.startsWith('For') ? `${operator}IfExists` : operator]: { [key]: wanted } })));

const statement: fc.Arbitrary<Written> = fc.record({
  effect: fc.constantFrom<Written>({}, {}, { Effect: 'Deny' }),
  action: fc.oneof(actions.map(Action => ({ Action })), actions.map(NotAction => ({ NotAction }))),
  resource: fc.oneof(resources.map(Resource => ({ Resource })), resources.map(NotResource => ({ NotResource }))),
  principal: fc.oneof(fc.constant({}), principals.map(Principal => ({ Principal }))),
  condition: fc.oneof(fc.constant({}), fc.array(condition, { minLength: 1, maxLength: 2 })
    .map(several => ({ Condition: Object.assign({}, ...several) }))),
}).map(({ effect, action, resource, principal, condition: tests }) => ({ ...effect, ...action, ...resource, ...principal, ...tests }));
const policy = fc.array(statement, { minLength: 1, maxLength: 3 });

/** All requests in question: the keys that no policy asks for are left out. */
function* requests(...statements: Written[]): Iterable<AccessRequest> {
  const asked = new Set(statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys)).map(key => key.toLowerCase()));
  let contexts: AccessRequest['context'][] = [{}];
  for (const key of asked) {
    contexts = contexts.flatMap(context => KEYS[key].map(value => value === undefined ? context : { ...context, [key]: value }));
  }
  // Of very many contexts, some: which ones depends on the policies, and these are at random.
  const step = Math.ceil(contexts.length / 60);
  for (const action of ACTIONS) {
    for (const resource of RESOURCES) {
      for (const principal of PRINCIPALS) {
        for (let at = 0; at < contexts.length; at += step) yield { action, resource, principal, context: contexts[at] };
      }
    }
  }
}

test('inclusion agrees with trying one request after the other', () => {
  const told = { yes: 0, no: 0, unknown: 0 };
  fc.assert(fc.property(policy, policy, (one, other) => {
    const [granting, reference] = [policyOf(...one), policyOf(...other)];
    const { verdict, witness } = allowsNothingBeyond(granting, reference);
    told[verdict]++;
    if (witness) return isAllowed(granting, witness) && !isAllowed(reference, witness);
    for (const request of requests(...one, ...other)) if (isAllowed(granting, request) && !isAllowed(reference, request)) return false;
    return verdict === 'yes';
  }), { numRuns: 1000 });
  // Of policies at random few are included, and those mostly allow nothing: neither must be all that is tried.
  expect(told.yes).toBeGreaterThan(50);
  expect(told.no).toBeGreaterThan(50);
});

test('a policy is included in what says the same in other words', () => {
  fc.assert(fc.property(policy, fc.nat(), statement, (one, at, more) => {
    const split = one.flatMap(({ Action, ...rest }) => Action === undefined ? [rest] : [Action].flat().map(each => ({ Action: each, ...rest })));
    const turned = [...split.slice(at % split.length), ...split.slice(0, at % split.length)];
    const narrowed = policyOf(...turned, { ...more, Effect: 'Deny' });
    return allowsNothingBeyond(policyOf(...one), policyOf(...turned)).verdict === 'yes'
      && allowsNothingBeyond(policyOf(...turned), policyOf(...one)).verdict === 'yes'
      && allowsNothingBeyond(narrowed, policyOf(...one)).verdict === 'yes'
      && allowsNothingBeyond(policyOf(...one), policyOf(...one, { ...more, Effect: 'Allow' })).verdict === 'yes';
  }), { numRuns: 300 });
});
