import { isAllowed } from './naive-evaluator';
import { policyOf, Written } from './policy-of';
import { Random } from './random';
import { ACTIONS, contextsOf, KEYS, keysIn, PRINCIPALS, RESOURCES, statementAt } from './small-world';
import { allowsNothingBeyond } from '../../../src/iam/inclusion/allows-nothing-beyond';
import { difference } from '../../../src/iam/inclusion/difference';
import { Policy } from '../../../src/iam/inclusion/policy';

/**
 * 100,000 pairs of policies, each held against all requests of a small world. What a statement says of each request is found out once by
 * the evaluator, which shares nothing with inclusion; of a policy it then takes no more than to put that together.
 */
const PAIRS = 100_000;
const MOST_KEYS = 2;

interface Known {
  readonly written: Written;
  readonly statement: Policy[number];
  readonly keys: readonly string[];
  /** By number of the request. */
  readonly applies: Uint8Array;
}

const random = new Random(20261127);

/** Pools of statements that ask for no other keys than one or two, over all requests that differ in those. */
function pool(keys: readonly string[]): readonly Known[] {
  const requests = contextsOf(keys).flatMap(context => ACTIONS.flatMap(action => RESOURCES.flatMap(resource =>
    PRINCIPALS.map(principal => ({ action, resource, principal, context })))));
  const statements: Written[] = [];
  while (statements.length < 60) {
    const written = statementAt(random);
    if (keysIn([written]).every(key => keys.includes(key))) statements.push(written);
  }
  return statements.map(written => {
    const [statement] = policyOf(written);
    const alone: Policy = [{ ...statement, effect: 'Allow' }];
    return { written, statement, keys: keysIn([written]), applies: Uint8Array.from(requests, request => Number(isAllowed(alone, request))) };
  });
}

/** Whether the world has a request that one policy allows and the other does not. */
function differ(one: readonly Known[], other: readonly Known[]): boolean {
  const allows = (policy: readonly Known[], at: number) => {
    let allowed = false;
    for (const { statement, applies } of policy) {
      if (applies[at] === 0) continue;
      if (statement.effect === 'Deny') return false;
      allowed = true;
    }
    return allowed;
  };
  for (let at = 0; at < one[0].applies.length; at++) if (allows(one, at) && !allows(other, at)) return true;
  return false;
}

test('inclusion and difference agree with trying one request after the other', () => {
  const names = Object.keys(KEYS);
  const pools = [[], ...names.map(name => [name]), ...names.flatMap((one, at) => names.slice(at + 1).map(other => [one, other]))]
    .filter(keys => keys.length <= MOST_KEYS).map(pool);
  const wrong: unknown[] = [];
  const told = { yes: 0, no: 0, unknown: 0 };
  for (let pair = 0; pair < PAIRS; pair++) {
    const statements = random.of(pools);
    const [one, other] = [random.some(statements, 2), random.some(statements, 3)];
    const [policy, reference] = [one, other].map(known => known.map(({ statement }) => statement));
    const { verdict, witness } = allowsNothingBeyond(policy, reference);
    told[verdict]++;
    const isRight = verdict === 'no' ? isAllowed(policy, witness!) && !isAllowed(reference, witness!) : verdict === 'yes' && !differ(one, other);
    const isWhole = pair % 10 > 0 || differenceIsRight(policy, reference, verdict);
    if (!isRight || !isWhole) wrong.push({ one: one.map(({ written }) => written), other: other.map(({ written }) => written), verdict, witness });
  }
  expect(wrong).toEqual([]);
  expect(told.yes).toBeGreaterThan(PAIRS / 10);
  expect(told.no).toBeGreaterThan(PAIRS / 10);
});

/** Whether each request that the difference names is one, and it names some if there are any. */
function differenceIsRight(policy: Policy, reference: Policy, verdict: string): boolean {
  const { requests } = difference(policy, reference);
  return requests.length > 0 === (verdict === 'no') && requests.every(request => isAllowed(policy, request) && !isAllowed(reference, request));
}
