import * as fc from 'fast-check';
import { covers, matches, overlap } from '../../src/iam/pattern';

test.each([
  ['*', '', true], ['', '', true], ['', 'a', false], ['?', '', false],
  ['s3:Get*', 's3:GetObject', true], ['s3:Get*', 's3:Get', true], ['s3:Get*', 's3:PutObject', false],
  ['a*b*c', 'axxbyyc', true], ['a*b*c', 'axxbyy', false], ['*aab', 'aaab', true], ['a?c', 'abc', true], ['a?c', 'ac', false],
  ['a.c', 'abc', false], ['[a]', 'a', false],
])('whether %s matches %s: %s', (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));

test.each([
  ['s3:*', 's3:Get*', true], ['s3:Get*', 's3:*', false], ['*', 's3:?et*', true], ['s3:?', 's3:*', false], ['s3:?', 's3:?', true], ['a*', 'a?', true],
  ['ec2:Describe*', 'ec2:DescribeInstances', true], ['*:*', '*', false],
])('whether %s covers %s: %s', (wider, narrower, expected) => expect(covers(wider, narrower)).toBe(expected));

const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 7 }).map(symbols => symbols.join(''));
const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map(symbols => symbols.join(''));

test('it matches what a regular expression of the same meaning does', () => {
  const meaning = (glob: string) => new RegExp(`^${glob.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
  fc.assert(fc.property(pattern, text, (glob, given) => matches(glob, given) === meaning(glob).test(given)), { numRuns: 2000 });
});

test('what a covered pattern matches, the wider one does too', () => {
  fc.assert(fc.property(pattern, pattern, text, (wider, narrower, given) =>
    !covers(wider, narrower) || !matches(narrower, given) || matches(wider, given)), { numRuns: 5000 });
});

test.each([
  ['s3:Get*', 's3:*Object', true], ['s3:Get*', 's3:Put*', false], ['*', '', true], ['?', '', false], ['a*b', 'a', false], ['*a*', '*b*', true], ['a?', '?b', true],
])('whether %s and %s overlap: %s', (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
  expect(overlap(other, one)).toBe(expected);
});

test('two patterns overlap if a text matches both', () => {
  fc.assert(fc.property(pattern, pattern, text, (one, other, given) =>
    !matches(one, given) || !matches(other, given) || overlap(one, other)), { numRuns: 5000 });
});

test('two short patterns overlap only if a text matches both', () => {
  let texts = [''];
  for (let length = 1; length <= 6; length++) texts = ['', ...texts.flatMap(shorter => [`${shorter}a`, `${shorter}b`])];
  const short = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 3 }).map(symbols => symbols.join(''));
  fc.assert(fc.property(short, short, (one, other) =>
    !overlap(one, other) || texts.some(given => matches(one, given) && matches(other, given))), { numRuns: 2000 });
});
