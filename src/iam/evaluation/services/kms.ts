import { ServiceRules } from './service-rules';

/**
 * Whom a key policy names may use the key, whatever his own policies are; those of others count only if the key policy leaves the key to
 * the account by naming it. Grants, which nobody writes down in a template, may allow more than all policies do.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const kms: ServiceRules = {
  // Actions that are about no key, or about an alias of one, have no key policy.
  identityCounts: ({ resource }) => resource === '*' || resource.includes(':alias/') ? 'always' : 'if the account is named',
};
