import { DefaultTokenResolver, StringConcat, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import type { Organization } from '../model/organization';

/**
 * Policies of the organization that the accounts of an app belong to. They hold for all accounts that the app is deployed to, none of which may be
 * the management account, which they don't limit.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_authorization_policies.html
 */
export interface OrganizationPolicies {
  /**
   * Service control policies, which limit the roles and users of the accounts: one list for the root, for each organizational unit down to the
   * account, and for the account. Each level must allow what is asked for. `FullAWSAccess` may be left out of levels whose other policies only deny.
   *
   * @default - none, so that nothing is denied
   */
  readonly serviceControlPolicies?: PolicyDocument[][];

  /**
   * Resource control policies, which limit what anybody may do with the resources of the accounts, on whatever level they are.
   *
   * @default - none, so that nothing is denied
   */
  readonly resourceControlPolicies?: PolicyDocument[];
}

/** The policies as the model takes them, each named by its place. */
export function organizationOf({ serviceControlPolicies = [], resourceControlPolicies = [] }: OrganizationPolicies, scope: IConstruct): Organization {
  const given = (name: string) => (policy: PolicyDocument, at: number) => ({
    name: `${name}.${at}`,
    document: Tokenization.resolve(policy.toJSON(), { scope, resolver: new DefaultTokenResolver(new StringConcat()) }) as unknown,
  });
  return {
    serviceControlPolicies: serviceControlPolicies.map((level, at) => level.map(given(`serviceControlPolicies.${at}`))),
    resourceControlPolicies: resourceControlPolicies.map(given('resourceControlPolicies')),
  };
}
