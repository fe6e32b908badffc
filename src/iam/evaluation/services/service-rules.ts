import { kms } from './kms';
import { s3 } from './s3';
import { sts } from './sts';
import { Formula } from '../formula';
import { IdentityCounts } from '../grants';
import { ApplicablePolicies } from '../policies';
import { EvaluatedRequest } from '../request';

/** Where a service departs from what is so for others. */
export interface ServiceRules {
  /** Whether the policies of identities count by themselves. Left out, they do. */
  readonly identityCounts?: (request: EvaluatedRequest) => IdentityCounts;
  /** Whether nobody needs to be allowed it, and nobody can be denied it. */
  readonly isForEverybody?: (request: EvaluatedRequest) => boolean;
  /** What is granted in the end, beside what policies grant. */
  readonly granted?: (granted: Formula, request: EvaluatedRequest, policies: ApplicablePolicies) => Formula;
}

const RULES: Readonly<Record<string, ServiceRules>> = { kms, s3, sts };

/** By the prefix of the action. */
export function rulesOf({ action }: EvaluatedRequest): ServiceRules {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  return Object.hasOwn(RULES, service) ? RULES[service] : {};
}

