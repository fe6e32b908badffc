import sets from './action-sets.json';
import { all, Planted, plantedApp } from './planted-app';
import { neededBy } from '../../../src/access/escalation/dangerous-actions';
import { escalationsOf } from '../../../src/access/escalation/escalations';
import { METHODS } from '../../../src/access/escalation/methods';
import { identities } from '../../../src/access/principals/identities';
import { at } from '../../iam/model-of';

/** Sets that stand for all actions that a wildcard matches. */
const UNIONS = ['iam:*', 'iam:put*'];

const isWithin = (some: readonly string[], others: readonly string[]) => some.every(each => others.includes(each));
const smallest = sets.filter(set => !sets.some(other => other !== set && isWithin(other, set)));

/** What it takes to come to more rights, way by way; no more of them, since all of an app hangs on them. */
function found(planted: Planted): readonly { readonly isSure: boolean; readonly actions: readonly string[] }[] {
  const app = plantedApp(planted);
  return escalationsOf(app, identities(app).of(at(app, 'Stack/Attacker'))[0]).map(({ isSure, steps }) => ({
    isSure, actions: [...new Set(steps.flatMap(({ needs }) => needs.map(({ action }) => action.toLowerCase())))].sort(),
  }));
}

test('each set is one method, in the terms of IAM', () => {
  const methods = METHODS.map(method => [...neededBy(method)].map(action => action.toLowerCase()).sort().join());
  expect(sets.map(set => [...set].sort().join()).filter(set => !UNIONS.includes(set) && !methods.includes(set))).toEqual([]);
});

describe.each(sets.map(set => [set.join(', '), set] as const))('%s', (_, set) => {
  const needsNothingElse = smallest.includes(set);
  const isUnion = UNIONS.includes(set[0]);

  test('is a way to more rights', () => {
    const sure = found({ actions: set }).filter(({ isSure }) => isSure);
    expect(sure).not.toEqual([]);
    for (const { actions } of sure) expect(isUnion || isWithin(actions, set)).toBe(true);
    if (needsNothingElse && !isUnion) expect(sure.map(({ actions }) => actions)).toContainEqual([...set].sort());
  });

  test('is none under a condition that does not hold', () => {
    expect(found({ actions: set, condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/somebody-else' } } })).toEqual([]);
  });

  test('is none beyond a boundary', () => {
    expect(found({ actions: set, boundary: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] })).toEqual([]);
  });

  test.each(set)('is none where %s is denied', denied => {
    const others = set.filter(action => action !== denied);
    const isStillOne = sets.some(other => isWithin(other, others));
    expect(found({ actions: set, denied: [denied] }).length > 0).toBe(isStillOne);
  });

  // Who may do anything in IAM with something takes away its boundary first.
  (isUnion ? test.skip : test)('is none on what gives nothing', () => {
    expect(found({ actions: set, resources: all('Weak') }).filter(({ isSure }) => isSure)).toEqual([]);
  });
});
