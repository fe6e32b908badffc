import { agreed, all, any, not, Verdict, verdict } from '../../src/model/verdict';

test.each<[Verdict[], Verdict, Verdict, Verdict]>([
  [[], 'yes', 'no', 'unknown'],
  [['yes'], 'yes', 'yes', 'yes'],
  [['no'], 'no', 'no', 'no'],
  [['unknown'], 'unknown', 'unknown', 'unknown'],
  [['yes', 'no'], 'no', 'yes', 'unknown'],
  [['yes', 'unknown'], 'unknown', 'yes', 'unknown'],
  [['no', 'unknown'], 'no', 'unknown', 'unknown'],
  [['unknown', 'no', 'yes'], 'no', 'yes', 'unknown'],
  [['yes', 'yes'], 'yes', 'yes', 'yes'],
  [['no', 'no'], 'no', 'no', 'no'],
])('of %j, all: %s, any: %s, agreed: %s', (answers, inAll, inAny, inAgreement) => {
  expect([all(answers), any(answers), agreed(answers)]).toEqual([inAll, inAny, inAgreement]);
});

test('the unknown stays unknown when it is negated', () => {
  expect((['yes', 'no', 'unknown'] as const).map(not)).toEqual(['no', 'yes', 'unknown']);
  expect([true, false].map(verdict)).toEqual(['yes', 'no']);
});

test('what decides ends the asking', () => {
  const asked: Verdict[] = [];
  function* answers(...given: Verdict[]) {
    for (const answer of given) {
      asked.push(answer);
      yield answer;
    }
  }
  all(answers('unknown', 'no', 'yes'));
  any(answers('unknown', 'yes', 'no'));
  expect(asked).toEqual(['unknown', 'no', 'unknown', 'yes']);
});
