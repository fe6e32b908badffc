import { awsAction } from '../../src/iam/data/actions';
import { GUARDRAIL_REMOVALS } from '../../src/iam/guardrails';
import { RESOURCE_EXPOSURES } from '../../src/iam/resource-exposure';

const ACTIONS = [...GUARDRAIL_REMOVALS.values(), ...RESOURCE_EXPOSURES.values()].flat();

test.each(ACTIONS)('AWS has an action %s', action => expect(awsAction(action)?.name).toBe(action));

test('no function needs any of them to read', () => {
  expect(ACTIONS.map(action => awsAction(action)?.level).filter(level => level === 'List' || level === 'Read')).toEqual([]);
});
