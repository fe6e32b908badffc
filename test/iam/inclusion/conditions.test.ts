import { isAllowed } from './naive-evaluator';
import { policyOf } from './policy-of';
import { allowsNothingBeyond } from '../../../src/iam/inclusion/allows-nothing-beyond';

type Tests = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Whether what passes `one` passes `other`, each a whole condition; a counterexample is held against the evaluator. */
function compare(one: Tests, other: Tests) {
  const [policy, reference] = [one, other].map(Condition => policyOf({ Action: 'a:B', Resource: '*', Condition }));
  const { verdict, witness } = allowsNothingBeyond(policy, reference);
  if (witness) expect([isAllowed(policy, witness), isAllowed(reference, witness)]).toEqual([true, false]);
  return { verdict, context: witness?.context };
}

describe.each<[string, Tests, Tests, string, string]>([
  // What it is about, one, other, whether one implies other, and the other way round.
  ['equal texts', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { StringEquals: { 'aws:principalorgid': ['o-1', 'o-2'] } }, 'yes', 'no'],
  ['texts in any case', { StringEquals: { k: 'A' } }, { StringEqualsIgnoreCase: { k: 'a' } }, 'yes', 'no'],
  ['no pattern among texts', { StringEquals: { k: 'a*' } }, { StringLike: { k: 'a*' } }, 'yes', 'no'],
  ['patterns', { StringLike: { k: 'a*' } }, { StringLike: { k: ['a?*', 'a'] } }, 'yes', 'yes'],
  ['patterns in case', { StringLike: { k: 'a*' } }, { StringLike: { k: 'A*' } }, 'no', 'no'],
  ['no text of a list', { StringNotEquals: { k: ['a', 'b'] } }, { StringNotEquals: { k: 'a' } }, 'yes', 'no'],
  ['no text in any case', { StringNotEqualsIgnoreCase: { k: 'a' } }, { StringNotEquals: { k: 'A' } }, 'yes', 'no'],
  ['no pattern', { StringNotLike: { k: 'a*' } }, { StringNotLike: { k: 'ab*' } }, 'yes', 'no'],
  ['what is absent is not equal', { StringNotEquals: { k: 'a' }, Null: { k: 'false' } }, { StringNotEquals: { k: 'a' } }, 'yes', 'no'],
  ['ARNs by field', { ArnLike: { k: 'arn:aws:sns:eu:1:t' } }, { ArnLike: { k: 'arn:aws:sns:*:1:*' } }, 'yes', 'no'],
  ['equal ARNs are alike', { ArnEquals: { k: 'arn:aws:sns:*:1:t' } }, { ArnLike: { k: 'arn:aws:sns:*:1:t' } }, 'yes', 'yes'],
  ['ARNs and texts', { ArnLike: { k: 'arn:aws:sns:*:1:t' } }, { StringLike: { k: 'arn:aws:sns:*:1:t' } }, 'yes', 'no'],
  ['no ARN of some', { ArnNotLike: { k: 'arn:aws:sns:*:*:*' } }, { ArnNotEquals: { k: 'arn:aws:sns:eu:1:t' } }, 'yes', 'no'],
  ['less', { NumericLessThan: { k: '10' } }, { NumericLessThanEquals: { k: '10' } }, 'yes', 'no'],
  ['less than more', { NumericLessThanEquals: { k: '10' } }, { NumericLessThan: { k: '10.5' } }, 'yes', 'no'],
  ['greater', { NumericGreaterThan: { k: '10' } }, { NumericGreaterThanEquals: { k: '10' } }, 'yes', 'no'],
  ['greater than less', { NumericGreaterThanEquals: { k: '10' } }, { NumericGreaterThan: { k: '9.5' } }, 'yes', 'no'],
  ['between', { NumericGreaterThan: { k: '1' }, NumericLessThan: { k: '2' } }, { NumericNotEquals: { k: ['1', '2'] } }, 'yes', 'no'],
  ['a number in two ways', { NumericEquals: { k: '10' } }, { NumericEquals: { k: '10.0' } }, 'yes', 'yes'],
  ['no number', { NumericNotEquals: { k: ['1', '2'] } }, { NumericNotEquals: { k: '1' } }, 'yes', 'no'],
  ['earlier', { DateLessThan: { k: '2026-01-01' } }, { DateLessThanEquals: { k: '2026-01-01T00:00:00Z' } }, 'yes', 'no'],
  ['later', { DateGreaterThan: { k: '2026-01-01T00:00:00Z' } }, { DateGreaterThanEquals: { k: '2026-01-01T00:00:00Z' } }, 'yes', 'no'],
  ['a date in two zones', { DateEquals: { k: '2026-01-01T00:00:00Z' } }, { DateEquals: { k: '2026-01-01T01:00:00+01:00' } }, 'yes', 'yes'],
  ['a date in seconds', { DateEquals: { k: '1767225600' } }, { DateEquals: { k: '2026-01-01' } }, 'yes', 'yes'],
  ['no date', { DateNotEquals: { k: ['2026-01-01', '2026-01-02'] } }, { DateNotEquals: { k: '2026-01-01' } }, 'yes', 'no'],
  ['a boolean in any case', { Bool: { k: 'TRUE' } }, { Bool: { k: 'true' } }, 'yes', 'yes'],
  ['a boolean is one of two', { Null: { k: 'false' }, Bool: { k: ['true', 'false'] } }, { Bool: { k: ['false', 'true'] } }, 'yes', 'yes'],
  ['a boolean if there is one', { Bool: { k: 'true' } }, { BoolIfExists: { k: 'true' } }, 'yes', 'no'],
  ['binary', { BinaryEquals: { k: 'QmluYXJ5' } }, { BinaryEquals: { k: ['QmluYXJ5', 'QQ=='] } }, 'yes', 'no'],
  ['addresses', { IpAddress: { k: '10.1.0.0/16' } }, { IpAddress: { k: '10.0.0.0/8' } }, 'yes', 'no'],
  ['one address', { IpAddress: { k: '10.0.0.1' } }, { IpAddress: { k: '10.0.0.1/32' } }, 'yes', 'yes'],
  ['halves', { IpAddress: { k: ['10.0.0.0/9', '10.128.0.0/9'] } }, { IpAddress: { k: '10.0.0.0/8' } }, 'yes', 'yes'],
  ['halves, but for one address', { IpAddress: { k: '10.0.0.0/30' } }, { IpAddress: { k: ['10.0.0.0/31', '10.0.0.2'] } }, 'no', 'yes'],
  ['the same block, not aligned', { IpAddress: { k: '10.1.2.3/8' } }, { IpAddress: { k: '10.0.0.0/8' } }, 'yes', 'yes'],
  ['addresses of IPv6', { IpAddress: { k: '2001:DB8::1' } }, { IpAddress: { k: '2001:db8:0::/32' } }, 'yes', 'no'],
  ['all of IPv4 are not all', { IpAddress: { k: '0.0.0.0/0' } }, { IpAddress: { k: ['0.0.0.0/0', '::/0'] } }, 'yes', 'no'],
  ['no address', { NotIpAddress: { k: '10.0.0.0/8' } }, { NotIpAddress: { k: '10.1.0.0/16' } }, 'yes', 'no'],
  ['all addresses', { Null: { k: 'false' }, NotIpAddress: { k: '::/0' } }, { IpAddress: { k: '0.0.0.0/0' } }, 'yes', 'yes'],
  ['absent or anything', { Null: { k: ['true', 'false'] } }, {}, 'yes', 'yes'],
  ['absent', { Null: { k: 'true' } }, { StringEqualsIfExists: { k: 'a' } }, 'yes', 'no'],
  ['there', { StringEquals: { k: 'a' } }, { Null: { k: 'FALSE' } }, 'yes', 'no'],
  ['if there, or there', { StringLikeIfExists: { k: '*' } }, {}, 'yes', 'yes'],
  ['if there, a number', { NumericLessThanIfExists: { k: '1' }, Null: { k: 'false' } }, { NumericLessThan: { k: '1' } }, 'yes', 'yes'],
  ['several keys', { StringEquals: { k: 'a', l: 'b' } }, { StringEquals: { l: 'b' } }, 'yes', 'no'],
  ['several operators', { StringLike: { k: 'a*' }, StringNotLike: { k: 'ab*' } }, { StringNotEquals: { k: 'ab' } }, 'yes', 'no'],
  ['all values', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }, 'yes', 'no'],
  ['all values, of which there is one', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, 'Null': { 'aws:TagKeys': 'false' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, 'yes', 'no'],
  ['all values, of which there may be none', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, 'no', 'no'],
  ['not any, and not all', { 'ForAllValues:StringNotLike': { 'aws:TagKeys': 'a*' }, 'Null': { 'aws:TagKeys': 'false' } },
    { 'ForAnyValue:StringNotLike': { 'aws:TagKeys': 'a*' } }, 'yes', 'no'],
  ['two values at once', { 'ForAnyValue:StringEquals': { 'x:k': 'a' }, 'ForAnyValue:StringLike': { 'x:k': 'b' } },
    { 'ForAnyValue:StringLike': { 'x:k': ['a', 'b'] } }, 'yes', 'no'],
  ['of a key that has one value, all is any', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'a' }, 'Null': { 'aws:PrincipalOrgID': 'false' } },
    { StringEquals: { 'aws:PrincipalOrgID': 'a' } }, 'yes', 'yes'],
  ['numbers of a set', { 'ForAllValues:NumericLessThan': { 'x:k': '5' } }, { 'ForAllValues:NumericLessThan': { 'x:k': '6' } }, 'yes', 'no'],
  ['nothing to compare with', { StringEquals: { k: [] } }, { StringEquals: { k: 'a' } }, 'yes', 'no'],
])('%s', (_, one, other, forward, backward) => {
  test(`one way: ${forward}`, () => expect(compare(one, other).verdict).toBe(forward));
  test(`the other way: ${backward}`, () => expect(compare(other, one).verdict).toBe(backward));
});

test.each<[string, Tests, Tests, string]>([
  ['an operator that there is not', { StringMatches: { k: 'a' } }, {}, 'yes'],
  ['against one that there is not', {}, { StringMatches: { k: 'a' } }, 'unknown'],
  ['against the same', { StringMatches: { k: 'a' } }, { StringMatches: { k: 'a' } }, 'yes'],
  ['the same, case of the key aside', { StringMatches: { K: 'a' } }, { StringMatches: { k: 'a' } }, 'yes'],
  ['against another value', { StringMatches: { k: 'a' } }, { StringMatches: { k: 'b' } }, 'unknown'],
  ['what is no number', { NumericLessThan: { k: 'ten' } }, { NumericLessThan: { k: '10' } }, 'unknown'],
  ['what is no date', { DateLessThan: { k: 'today' } }, {}, 'yes'],
  ['what is no address', { IpAddress: { k: '10.0.0.0/33' } }, { IpAddress: { k: '10.0.0.0/8' } }, 'unknown'],
  ['what is neither true nor false', {}, { Null: { k: 'maybe' } }, 'unknown'],
  ['a key taken for two kinds', { NumericLessThan: { k: '5' } }, { StringEquals: { k: '4' } }, 'unknown'],
  ['a variable there', { StringEquals: { k: 'a' } }, { StringEquals: { k: '${aws:username}' } }, 'unknown'],
  ['a variable here', { StringLike: { k: 'a${aws:username}' } }, { StringLike: { k: 'a*' } }, 'yes'],
  ['the same variable', { StringEquals: { k: '${aws:username}' } }, { StringEquals: { k: ['b', '${aws:username}'] } }, 'yes'],
  ['not a variable', { StringNotEquals: { k: '${aws:username}' } }, {}, 'yes'],
  ['against not a variable', { StringEquals: { k: 'a' } }, { StringNotEquals: { k: 'b${aws:username}' } }, 'unknown'],
  ['several values, where one is expected', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, { StringEquals: { 'aws:TagKeys': 'a' } }, 'unknown'],
  ['a pattern that is no ARN', { ArnLike: { k: 'arn:aws:sns:eu:1:t' } }, { ArnLike: { k: '*' } }, 'unknown'],
  ['any value, if there is one', {}, { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': '*' } }, 'unknown'],
])('outside of what is known: %s', (_, one, other, expected) => expect(compare(one, other).verdict).toBe(expected));

test.each<[string, Tests, Tests, Record<string, string | string[]>]>([
  ['no key where none is needed', {}, { StringEquals: { k: 'a' } }, {}],
  ['the shortest text', { StringLike: { k: 'a*' } }, { StringLike: { k: 'a' } }, { k: 'ax' }],
  ['the first address outside', { IpAddress: { k: '10.0.0.0/8' } }, { IpAddress: { k: '10.0.0.0/9' } }, { k: '10.128.0.0' }],
  ['the first address of IPv6 outside', { IpAddress: { k: '2001:db8::/32' } }, { IpAddress: { k: '2001:db8::/33' } }, { k: '2001:db8:8000::' }],
  ['the bound itself', { NumericLessThanEquals: { k: '10' } }, { NumericLessThan: { k: '10' } }, { k: '10' }],
  ['a millisecond more', { DateGreaterThan: { k: '2026-01-01' } }, { DateGreaterThan: { k: '2026-01-02' } }, { k: '2026-01-01T00:00:00.001Z' }],
  ['as few values as it takes', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
    { 'aws:tagkeys': ['a', 'x'] }],
])('a counterexample is small: %s', (_, one, other, expected) => expect(compare(one, other).context).toEqual(expected));
