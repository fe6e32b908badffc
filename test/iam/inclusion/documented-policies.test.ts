import { isAllowed } from './naive-evaluator';
import { policyOf, Written } from './policy-of';
import { allowsNothingBeyond } from '../../../src/iam/inclusion/allows-nothing-beyond';
import { AccessRequest } from '../../../src/iam/inclusion/policy';

/** What AWS writes about policies, in the words of inclusion. */
function verdictOf(one: readonly Written[], other: readonly Written[]) {
  const [policy, reference] = [policyOf(...one), policyOf(...other)];
  const { verdict, witness } = allowsNothingBeyond(policy, reference);
  if (witness) expect([isAllowed(policy, witness), isAllowed(reference, witness)]).toEqual([true, false]);
  return verdict;
}

/** A policy that allows exactly one request, as far as one key goes. */
const only = (...tagKeys: string[]): Written => ({
  Action: 'iam:TagUser',
  Resource: '*',
  Condition: {
    'ForAllValues:StringEquals': { 'aws:TagKeys': tagKeys },
    ...Object.fromEntries(tagKeys.map((each, at) => [['ForAnyValue:StringEquals', 'ForAnyValue:StringLike'][at], { 'aws:TagKeys': each }])),
    ...tagKeys.length === 0 && { Null: { 'aws:TagKeys': 'true' } },
  },
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
test.each<[readonly string[], string, string, boolean]>([
  [['key1:legal'], 'ForAllValues:StringNotLike', 'key1*', false],
  [['key1:hr', 'key1:personnel'], 'ForAllValues:StringNotLike', 'key1*', false],
  [['key2:audit'], 'ForAllValues:StringNotLike', 'key1*', true],
  [[], 'ForAllValues:StringNotLike', 'key1*', true],
])('of tag keys %j, whether %s %s matches: %s', (tagKeys, operator, wanted, matches) => {
  const Condition = { [operator]: { 'aws:TagKeys': wanted } };
  const request: AccessRequest = { action: 'iam:TagUser', resource: '*', context: tagKeys.length > 0 ? { 'aws:tagkeys': tagKeys } : {} };
  expect(isAllowed(policyOf({ Resource: '*', Condition }), request)).toBe(matches);
  expect(verdictOf([only(...tagKeys)], [{ Resource: '*', Condition }])).toBe(matches ? 'yes' : 'no');
  expect(verdictOf([only(...tagKeys), { Effect: 'Deny', Resource: '*', Condition }], [])).toBe(matches ? 'yes' : 'no');
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
test('all of S3 but deleting buckets is not all of S3, and denying all but IAM leaves IAM', () => {
  const allButDelete: Written = { NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::*' };
  expect(verdictOf([allButDelete], [{ Resource: 'arn:aws:s3:::*' }])).toBe('yes');
  expect(verdictOf([{ Action: 's3:*', Resource: 'arn:aws:s3:::*' }], [allButDelete])).toBe('no');
  expect(verdictOf([{ Resource: '*' }, { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }], [{ Action: 'iam:*', Resource: '*' }])).toBe('yes');
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
test('denying all but two networks leaves what comes from them, and what services ask for', () => {
  const networks = ['192.0.2.0/24', '203.0.113.0/24'];
  const denied: Written[] = [{ Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Resource: '*', Condition: { NotIpAddress: { 'aws:SourceIp': networks }, Bool: { 'aws:ViaAWSService': 'false' } } }];
  const inside: Written = { Action: 's3:*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': networks } } };
  const byService: Written = { Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:ViaAWSService': 'true' } } };
  expect(verdictOf([inside], denied)).toBe('yes');
  expect(verdictOf([byService], denied)).toBe('yes');
  expect(verdictOf(denied, [inside])).toBe('no');
  // Nor are these two all of it: `Bool` doesn't hold of a key that is absent.
  expect(verdictOf(denied, [inside, byService])).toBe('no');
  expect(verdictOf(denied, [inside, byService, { Resource: '*', Condition: { Null: { 'aws:ViaAWSService': 'true' } } }])).toBe('yes');
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
test('IfExists lets through what has no such key, and no other value', () => {
  const types = ['t1.*', 't2.*', 'm3.*'];
  const ifExists: Written = { Action: 'ec2:RunInstances', Resource: '*', Condition: { StringLikeIfExists: { 'ec2:InstanceType': types } } };
  const surely: Written = { Action: 'ec2:RunInstances', Resource: '*', Condition: { StringLike: { 'ec2:InstanceType': types } } };
  const absent: Written = { Action: 'ec2:RunInstances', Resource: '*', Condition: { Null: { 'ec2:InstanceType': 'true' } } };
  expect(verdictOf([surely, absent], [ifExists])).toBe('yes');
  expect(verdictOf([ifExists], [surely, absent])).toBe('yes');
  expect(verdictOf([ifExists], [surely])).toBe('no');
});
