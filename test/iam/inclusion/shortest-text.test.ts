import * as fc from 'fast-check';
import { Budget } from '../../../src/iam/inclusion/budget';
import { isCovered, shortestText } from '../../../src/iam/inclusion/shortest-text';
import { Wildcard } from '../../../src/iam/inclusion/wildcard';

const like = (...patterns: string[]) => patterns.map(pattern => Wildcard.like(pattern));
const shortest = (within: string[][], outside: string[] = []) => shortestText(within.map(union => like(...union)), like(...outside), new Budget());

test.each([
  [['s3:Get*'], ['s3:*'], 'yes'], [['s3:*'], ['s3:Get*'], 'no'], [['*'], ['*'], 'yes'], [['a*'], ['a', 'a?*'], 'yes'], [['a*'], ['a?*'], 'no'],
  [['**?'], ['?*'], 'yes'], [['a', 'b'], ['a', 'b', 'c'], 'yes'], [['a', 'd'], ['a', 'b', 'c'], 'no'], [[], [], 'yes'], [[''], ['*'], 'yes'], [['*'], [], 'no'],
])('whether all of %j is within %j: %s', (narrower, wider, expected) => {
  expect(isCovered([like(...narrower)], like(...wider), new Budget())).toBe(expected);
});

test.each([
  ['no longer than needed', [['a*']], ['a'], 'ax'],
  ['in all of several', [['a*'], ['*b']], [], 'ab'],
  ['shared middle', [['a*b'], ['*cc*']], [], 'accb'],
  ['one of each union', [['aaaa*', 'b*'], ['*c']], [], 'bc'],
  ['by a letter that nobody names', [['?']], ['x', 'y'], 'z'],
  ['empty', [['*']], ['?*'], ''],
])('the shortest text: %s', (_, within, outside, expected) => expect(shortest(within, outside)).toBe(expected));

test.each([
  [[['a*'], ['b*']], []], [[['a?']], ['?*']], [[['*a*']], ['*']], [[[]], []],
])('there is no text in %j outside %j', (within, outside) => expect(shortest(within, outside)).toBeUndefined());

test('case counts unless it is told not to', () => {
  const within = [Wildcard.exactly('Ab', { ignoreCase: true })];
  expect(isCovered([within], [Wildcard.exactly('aB', { ignoreCase: true })], new Budget())).toBe('yes');
  expect(isCovered([within], like('Ab', 'ab', 'AB', 'aB'), new Budget())).toBe('yes');
  expect(shortestText([within], like('Ab', 'ab', 'AB'), new Budget())).toBe('aB');
  expect(isCovered([like('Ab')], like('ab'), new Budget())).toBe('no');
});

test('a text with wildcards in it can be meant as it stands', () => {
  expect(Wildcard.exactly('a*').accepts('ab')).toBe(false);
  expect(isCovered([like('a*')], [Wildcard.exactly('a*')], new Budget())).toBe('no');
  expect(isCovered([[Wildcard.exactly('a*')]], like('a?'), new Budget())).toBe('yes');
});

describe('the fields of an ARN', () => {
  test.each([
    ['arn:aws:sqs:*:1:q', 'arn:aws:sqs:eu:1:q', true], ['arn:aws:sqs:*:q', 'arn:aws:sqs:eu:1:q', false], ['arn:aws:s3:::*', 'arn:aws:s3:::b/k:l', true],
    ['arn:*:s?s:*:*:*', 'arn:aws:sqs:eu:1:q', true], ['arn:aws:sqs:?:1:q', 'arn:aws:sqs:::1:q', false], ['*', 'arn:aws:sqs:eu:1:q', false],
  ])('whether %s accepts %s: %s', (pattern, text, expected) => expect(Wildcard.arn(pattern).accepts(text)).toBe(expected));

  test('a wildcard that stays within them accepts less than one that does not', () => {
    expect(isCovered([[Wildcard.arn('arn:aws:sqs:*:1:q')]], like('arn:aws:sqs:*:1:q'), new Budget())).toBe('yes');
    expect(shortestText([like('arn:aws:sqs:*:1:q')], [Wildcard.arn('arn:aws:sqs:*:1:q')], new Budget())).toBe('arn:aws:sqs:::1:q');
  });
});

test('a question that takes too long is not answered', () => {
  const [within, outside] = [[like(`?*${'?'.repeat(20)}`), like('*a*b*'), like('*c*')], like(...[...'cdefgh'].map(each => `*${each}${'?'.repeat(18)}*`))];
  const budget = new Budget(5000);
  expect(isCovered(within, outside, budget)).toBe('unknown');
  expect(budget.isSpent).toBe(true);
});

test('the families that cost the most are given up within their budget, which real ones never come near', () => {
  const family = (length: number) => [`*a${'?'.repeat(length)}b`, `*b${'?'.repeat(length)}a`, `*c${'?'.repeat(length)}c`];
  const hard = new Budget();
  expect(isCovered([like(`*a${'?'.repeat(40)}`), like('*b*'), like('*c*')], like(...family(40), ...family(39)), hard)).toBe('unknown');
  expect(hard.isSpent).toBe(true);
  const easy = new Budget();
  expect(isCovered([like('*a?')], like('*?a?', 'a?'), easy)).toBe('yes');
  expect(easy.left).toBeGreaterThan(190_000);
});

const pattern = fc.array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 5 }).map(symbols => symbols.join(''));
const wildcard = fc.oneof(
  pattern.map(text => ({ wildcard: Wildcard.like(text), meaning: regex(text, '.') })),
  pattern.map(text => text.replace(/[*?]/g, '')).map(text => ({ wildcard: Wildcard.exactly(text, { ignoreCase: true }), meaning: new RegExp(`^${text}$`, 'i') })),
  pattern.map(text => ({ wildcard: Wildcard.arn(text), meaning: regex(text, '[^:]') })),
);

/** Patterns this short have no resource part, so all of their wildcards stay in a field or none does. */
function regex(text: string, one: string): RegExp {
  return new RegExp(`^${text.replace(/\*/g, `${one}*`).replace(/\?/g, one)}$`);
}

describe('by brute force', () => {
  let texts = [''];
  for (let length = 1; length <= 5; length++) texts = ['', ...texts.flatMap(shorter => [...'abABx:'].map(next => shorter + next))];
  texts = [...new Set(texts)].sort((one, other) => one.length - other.length);

  test('it finds a text if there is a short one, none shorter than it, and only one that fits', () => {
    const union = fc.array(wildcard, { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(fc.array(union, { minLength: 1, maxLength: 3 }), fc.array(wildcard, { maxLength: 4 }), (within, outside) => {
      const isIn = (text: string) => (wildcards: typeof outside) => wildcards.some(({ meaning }) => meaning.test(text));
      const fits = (text: string) => within.every(isIn(text)) && !isIn(text)(outside);
      const expected = texts.find(fits);
      const found = shortestText(within.map(several => several.map(each => each.wildcard)), outside.map(each => each.wildcard), new Budget());
      if (found === undefined) return expected === undefined;
      return fits(found) && (expected === undefined ? found.length > 5 : found.length === expected.length);
    }), { numRuns: 3000 });
  });

  test('covering and overlapping are what they say', () => {
    fc.assert(fc.property(wildcard, wildcard, (one, other) => {
      const shared = texts.some(text => one.meaning.test(text) && other.meaning.test(text));
      if (shared && !one.wildcard.overlaps(other.wildcard)) return false;
      return !one.wildcard.surelyCovers(other.wildcard) || texts.every(text => !other.meaning.test(text) || one.meaning.test(text));
    }), { numRuns: 1500 });
  });
});
