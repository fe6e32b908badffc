import { ServiceRules } from './service-rules';

/**
 * A role is assumed by whom its trust policy names, and by whom the account lets that it names; that somebody's own policies allow it doesn't
 * suffice in the same account either.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export const sts: ServiceRules = {
  identityCounts: ({ action }) => ON_ROLES.has(action.toLowerCase()) ? 'if the account is named' : 'always',
  /** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  isForEverybody: ({ action }) => action.toLowerCase() === 'sts:getcalleridentity',
};

const ON_ROLES = new Set(['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity']);
