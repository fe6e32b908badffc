import { actionsOf } from '../../../src/iam/data/actions';
import { COMMON_POLICIES, WITHOUT_RESOURCES } from '../../../src/iam/data/at-hand';
import { managedPolicyDocument } from '../../../src/iam/data/managed-policies';

test.each(Object.keys(WITHOUT_RESOURCES))('of %s, what is at hand is what the table says', service => {
  const said = actionsOf(service).filter(({ resources }) => resources.length === 0).map(({ name }) => name.split(':')[1].toLowerCase());
  expect(WITHOUT_RESOURCES[service].split(' ').filter(Boolean)).toEqual(said.sort());
});

test.each(Object.keys(COMMON_POLICIES))('of %s, what is at hand is what the table says', name => {
  expect(JSON.parse(COMMON_POLICIES[name])).toEqual(managedPolicyDocument(name)!.Statement);
});
