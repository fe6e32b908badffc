import { decide } from '../../../src/iam/evaluation/decide';
import { ApplicablePolicies, unknownPolicy } from '../../../src/iam/evaluation/policies';
import { EvaluatedRequest } from '../../../src/iam/evaluation/request';
import { policyOf } from '../inclusion/policy-of';

const ROLE = 'arn:aws:iam::111122223333:role/service/app';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';

const request = (more: Partial<EvaluatedRequest> = {}): EvaluatedRequest => ({
  principal: { type: 'AWS', id: ROLE }, action: 'sqs:SendMessage', resource: QUEUE, resourceAccount: '111122223333', context: { known: {}, absent: 'others' }, ...more,
});
const openRequest = request({ context: { known: {}, absent: new Set() } });
const send = { Action: 'sqs:SendMessage', Resource: QUEUE };
const answer = (policies: ApplicablePolicies, more?: Partial<EvaluatedRequest>) => decide(request(more), policies).answer;

test('nothing is allowed that nobody allows, and the layer that would have to is named', () => {
  expect(decide(request(), { identity: [] })).toEqual({
    answer: 'denied',
    conditions: [],
    deciding: [
      { layer: 'resource policy', does: 'misses', isSure: true }, { layer: 'identity policy', does: 'misses', isSure: true },
    ],
  });
  expect(decide(request(), { identity: [policyOf(send)], boundary: policyOf({ Action: 's3:*', Resource: '*' }) }).deciding)
    .toContainEqual({ layer: 'permissions boundary', does: 'misses', isSure: true });
});

test('a decision names the statements that made it, with what the caller noted of them', () => {
  const [statement] = policyOf(send);
  const allow = { ...statement, origin: 'OrdersSender' };
  expect(decide(request(), { identity: [[allow]] }).deciding)
    .toEqual([{ layer: 'identity policy', does: 'allows', statement: allow, isSure: true }]);
  const deny = { ...allow, effect: 'Deny' as const, origin: 'NoSending' };
  expect(decide(request(), { identity: [[allow, deny]] }).deciding)
    .toEqual([{ layer: 'identity policy', does: 'denies', statement: deny, isSure: true }]);
});

test('what depends on a key of which nothing is known is not decided, and the conditions say when it is allowed', () => {
  const secure = policyOf(send, { ...send, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const { answer: given, conditions } = decide(openRequest, { identity: [secure] });
  expect(given).toBe('unknown');
  expect(conditions.map(each => each.map(({ condition, holds, about }) => ({ condition, holds, about })))).toEqual([[
    { condition: { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] }, holds: false, about: 'request' },
  ]]);
});

test('conditions that contradict each other allow nothing, and those that make up for each other allow it', () => {
  const condition = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  expect(decide(openRequest, { identity: [policyOf({ ...send, ...condition }, { ...send, ...condition, Effect: 'Deny' })] }).answer).toBe('denied');
  const opposite = { Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  expect(decide(openRequest, { identity: [policyOf({ ...send, ...condition }, { ...send, ...opposite })] }).answer).not.toBe('denied');
});

test('a policy of which nothing is known may allow and may deny', () => {
  expect(answer({ identity: [unknownPolicy()] })).toBe('unknown');
  expect(answer({ identity: [policyOf(send), unknownPolicy()] })).toBe('unknown');
  expect(answer({ identity: [policyOf({ ...send, Effect: 'Deny' }), unknownPolicy()] })).toBe('denied');
  expect(answer({ identity: [policyOf(send)], boundary: unknownPolicy() })).toBe('unknown');
  expect(answer({ identity: [], boundary: unknownPolicy() })).toBe('denied');
});

test('of an account that nobody knows it is not known whether one side suffices', () => {
  expect(answer({ identity: [policyOf(send)] }, { resourceAccount: undefined })).toBe('unknown');
  expect(answer({ identity: [policyOf(send)], resource: policyOf({ ...send, Principal: { AWS: ROLE } }) }, { resourceAccount: undefined })).toBe('allowed');
  expect(answer({ identity: [] }, { resourceAccount: undefined })).toBe('denied');
});
