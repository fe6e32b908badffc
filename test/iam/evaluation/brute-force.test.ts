import { isAllowedByAll, WholeRequest } from './naive-evaluation';
import { decide } from '../../../src/iam/evaluation/decide';
import { Proviso } from '../../../src/iam/evaluation/formula';
import { ApplicablePolicies } from '../../../src/iam/evaluation/policies';
import { AccessRequest } from '../../../src/iam/inclusion/policy';
import { isMet } from '../inclusion/naive-evaluator';
import { policyOf, Written } from '../inclusion/policy-of';
import { Random } from '../inclusion/random';
import { ACTIONS, contextsOf, KEYS, keysIn, PRINCIPALS, RESOURCES, statementAt } from '../inclusion/small-world';

const DECISIONS = 20_000;
const random = new Random(7);

/** Policies of all kinds at random, with what is written in them. */
function policiesAt(): { readonly policies: ApplicablePolicies; readonly written: readonly Written[] } {
  const written: Written[] = [];
  const policy = (most: number, principals = false) => {
    const statements = Array.from({ length: 1 + random.below(most) }, () => statementAt(random, { principals }));
    // Policies of resources say for whom they are.
    const whole = principals ? statements.map(each => ({ Principal: '*' as const, ...each })) : statements;
    written.push(...whole);
    return policyOf(...whole);
  };
  const perhaps = <T>(times: number, make: () => T) => random.once(times) ? make() : undefined;
  const everything = policyOf({ Action: '*', Resource: '*' });
  return {
    policies: {
      identity: random.once(5) ? [] : [policy(3)],
      boundary: perhaps(4, () => policy(2)),
      session: perhaps(5, () => policy(2)),
      resource: perhaps(2, () => policy(3, true)),
      scps: perhaps(4, () => [[everything], [everything, policy(2)]]),
      vpcEndpoint: perhaps(6, () => [...everything, ...policy(1)]),
    },
    written,
  };
}

function holds({ condition, holds: wanted }: Proviso, request: Pick<AccessRequest, 'context'>): boolean {
  // Without a test of a key it is about which session of a role asks: none of those that are named, to the flow chart.
  return (condition !== undefined && isMet(condition, request)) === wanted;
}

test('decisions agree with the flow chart, for each request that what is known leaves open', () => {
  const told = { allowed: 0, denied: 0, unknown: 0 };
  const wrong: unknown[] = [];
  for (let at = 0; at < DECISIONS; at++) {
    const { policies, written } = policiesAt();
    const asked = keysIn(written);
    const open = asked.filter(() => random.once(3)).slice(0, 3);
    const values = asked.filter(key => !open.includes(key)).map(key => [key, random.of(KEYS[key])] as const);
    const known = Object.fromEntries(values.flatMap(([key, value]) => value === undefined ? [] : [[key, value]]));
    const request = { action: random.of(ACTIONS), resource: random.of(RESOURCES), principal: random.of(PRINCIPALS) };
    const account = random.of(['111122223333', '444455556666']);
    const absent = new Set(values.filter(([, value]) => value === undefined).map(([key]) => key));
    const { answer, conditions } = decide({ ...request, resourceAccount: account, context: { known, absent } }, policies);
    told[answer]++;
    const completed = contextsOf(open).map((context): WholeRequest => ({ ...request, account, context: { ...known, ...context } }));
    const isRight = completed.every(whole => isAllowedByAll(whole, policies)
      === (answer === 'unknown' ? conditions.some(each => each.every(proviso => holds(proviso, whole))) : answer === 'allowed'));
    if (!isRight) wrong.push({ request, account, known, open, written, answer, conditions });
  }
  expect(wrong).toEqual([]);
  expect(Math.min(told.allowed, told.denied, told.unknown)).toBeGreaterThan(DECISIONS / 50);
});
