import { Gained } from './gained';
import { allowsNothingBeyond } from '../../iam/inclusion/allows-nothing-beyond';
import { Budget } from '../../iam/inclusion/budget';
import { Policy } from '../../iam/inclusion/policy';
import { Verdict } from '../../model/verdict';
import { Identity } from '../principals/identity';
import { atLeast, atMost } from '../queries/nothing-beyond';

const ALL: Policy = [{ effect: 'Allow', actions: { named: ['*'], negated: false }, resources: { named: ['*'], negated: false }, conditions: [], hasVariables: false }];

/** Enough for what people write. Past it nobody knows. */
const WORK = 20_000;

/** Whether what is gained is more than what somebody has already. */
export function exceeds(gained: Gained, held: Identity): Verdict {
  if (gained.kind === 'elsewhere') return isAdministrator(held) ? 'no' : 'yes';
  const { boundary } = gained.identity?.policies ?? {};
  const rights = gained.kind === 'identity' || gained.kind === 'unbounded' ? atMost(gained.identity!.policies.identity.flat()) : ALL;
  const verdicts = [rights, ...gained.kind !== 'unbounded' && boundary ? [atMost(boundary)] : []].map(each => isWithin(each, held));
  // What is within either is within both.
  return verdicts.includes('yes') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes';
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
