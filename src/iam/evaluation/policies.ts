import { Verdict } from '../../model/verdict';
import { PolicyStatement } from '../inclusion/policy';

/** A statement, and where it stands, which is passed on to the reasons for a decision and not looked at. */
export interface GivenStatement<O = unknown> extends PolicyStatement {
  readonly origin?: O;
  /** Unknown if the policy may not have it after all. Left out, it has. */
  readonly exists?: Verdict;
}

export type GivenPolicy<O = unknown> = readonly GivenStatement<O>[];

/**
 * All policies that have a say in a request. What is left out is not there, and limits nothing; of what is there and isn't known,
 * `unknownPolicy` says so.
 */
export interface ApplicablePolicies<O = unknown> {
  /** Of the user with its groups, or of the role. */
  readonly identity: readonly GivenPolicy<O>[];
  readonly boundary?: GivenPolicy<O>;
  readonly session?: GivenPolicy<O>;
  /** Of the resource; of a role, its trust policy. */
  readonly resource?: GivenPolicy<O>;
  /** Service control policies of the account of who asks: one element for the root, each organizational unit, and the account. */
  readonly scps?: readonly (readonly GivenPolicy<O>[])[];
  /** Resource control policies of the account of the resource and of all above it, which can only deny. */
  readonly rcps?: readonly GivenPolicy<O>[];
  /** Of the VPC endpoint through which the request comes. */
  readonly vpcEndpoint?: GivenPolicy<O>;
  /** Whether the resource is a bucket, or in one, whose access control lists aren't disabled; they are where nobody says otherwise. */
  readonly hasAcls?: boolean;
}

/** A policy that is there, of which nobody knows what it allows or denies. */
export function unknownPolicy<O>(origin?: O): GivenPolicy<O> {
  const anything = { named: ['*'], negated: false };
  return (['Allow', 'Deny'] as const).map(effect =>
    ({ effect, actions: anything, resources: anything, conditions: [], hasVariables: false, origin, exists: 'unknown' }));
}
