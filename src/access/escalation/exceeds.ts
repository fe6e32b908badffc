import { Gained } from './gained';
import { allowsNothingBeyond } from '../../iam/inclusion/allows-nothing-beyond';
import { Budget } from '../../iam/inclusion/budget';
import { Policy } from '../../iam/inclusion/policy';
import { AppModel } from '../../model/app-model';
import { Verdict } from '../../model/verdict';
import { organizationPolicies } from '../policies/organization-policies';
import { Identity } from '../principals/identity';
import { atLeast, atMost } from '../queries/nothing-beyond';

const ALL: Policy = [{ effect: 'Allow', actions: { named: ['*'], negated: false }, resources: { named: ['*'], negated: false }, conditions: [], hasVariables: false }];

/** Enough for what people write. Past it nobody knows. */
const WORK = 20_000;

/** Whether what is gained is more than what somebody has already. */
export function exceeds(app: AppModel, gained: Gained, held: Identity): Verdict {
  const { boundary } = gained.identity?.policies ?? {};
  const rights = gained.kind === 'identity' || gained.kind === 'unbounded' ? gained.identity!.policies.identity.flat() : ALL;
  const limits = [...organizationPolicies(app).limited(rights), ...gained.kind !== 'unbounded' && boundary ? [boundary] : []];
  const verdicts = limits.map(each => isWithin(atMost(each), held));
  // What is within one of them is within all together.
  if (verdicts.includes('yes')) return 'no';
  // Whatever rights there are elsewhere, they are others.
  return verdicts.includes('unknown') && gained.kind !== 'elsewhere' ? 'unknown' : 'yes';
}

const administrators = new WeakMap<Identity, boolean>();

/** Whether somebody may do everything already. */
export function isAdministrator(held: Identity): boolean {
  const known = administrators.get(held) ?? isWithin(ALL, held) === 'yes';
  administrators.set(held, known);
  return known;
}

function isWithin(rights: Policy, held: Identity): Verdict {
  const { identity, boundary } = held.policies;
  const within = [identity.flat(), ...boundary ? [boundary] : []]
    .map(each => allowsNothingBeyond(rights, atLeast(each), { budget: new Budget(WORK) }).verdict);
  return within.includes('no') ? 'no' : within.includes('unknown') ? 'unknown' : 'yes';
}
