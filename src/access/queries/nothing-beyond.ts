import { Access } from './access';
import { askedArn } from './asked-resource';
import { access } from './question';
import { awsAction } from '../../iam/data/actions';
import { allowsNothingBeyond } from '../../iam/inclusion/allows-nothing-beyond';
import { AccessRequest, Policy } from '../../iam/inclusion/policy';
import { AppModel } from '../../model/app-model';
import { Verdict } from '../../model/verdict';
import { AccessStatement } from '../policies/given-statements';
import { organizationPolicies } from '../policies/organization-policies';
import { Identity } from '../principals/identity';

/** Whether an identity may do nothing but what some statements allow. */
export interface Beyond {
  readonly verdict: Verdict;
  /** Where it may: a request that is allowed and should not be. */
  readonly witness?: AccessRequest;
  /** What allows it. */
  readonly access?: Access;
}

/**
 * Holds the policies of an identity, as those of its organization leave them, against what they may allow at most; what others allow it by policies
 * of theirs is left aside.
 */
export function nothingBeyond(app: AppModel, identity: Identity, reference: readonly AccessStatement[]): Beyond {
  const { identity: policies, boundary } = identity.policies;
  const limits = [...organizationPolicies(app).limited(policies.flat()), ...boundary ? [boundary] : []];
  const within = limits.map(rights => allowsNothingBeyond(atMost(rights), atLeast(reference)));
  const verdicts = within.map(({ verdict }) => verdict);
  // What is within one of them is within all together.
  if (verdicts.includes('yes')) return { verdict: 'yes' };
  const [{ witness }] = within;
  if (!witness) return { verdict: 'unknown' };
  const asked = askedArn(app, witness.resource);
  const context = Object.fromEntries(Object.entries(witness.context).flatMap(([key, value]) => typeof value === 'string' ? [[key, value]] : []));
  const action = awsAction(witness.action)?.name ?? witness.action;
  // What doesn't say in which account it is may be in its own.
  const owned = { ...asked, account: asked.account ?? identity.arn.split(':')[4], policy: [] };
  const found = access(app, { requester: identity.requester, identity }, action, owned, context);
  // Within further limits, what the policies allow beyond may not be allowed after all.
  return { verdict: found.answer === 'allowed' ? 'no' : 'unknown', witness, access: found };
}

/** The granting side, never made smaller. */
export function atMost(statements: readonly AccessStatement[]): Policy {
  return statements.filter(({ effect, exists }) => effect === 'Allow' || exists !== 'unknown');
}

/** The reference side, never made larger. */
export function atLeast(statements: readonly AccessStatement[]): Policy {
  return statements.filter(({ effect, exists }) => effect === 'Deny' || exists !== 'unknown');
}
