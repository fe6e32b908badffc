/** The policies of the organization that the accounts of an app belong to. No template has them: somebody gives them. */
export interface Organization {
  /** Those that limit who is in an account: one list for the root, for each organizational unit down to the account, and for the account. */
  readonly serviceControlPolicies: readonly (readonly OrganizationPolicy[])[];
  /** Those that limit what can be done with the resources of an account, on whatever level. */
  readonly resourceControlPolicies: readonly OrganizationPolicy[];
}

export interface OrganizationPolicy {
  /** How whoever gave it knows it, such as the name of its file. */
  readonly name: string;
  /** The parsed policy; anything may stand in it. */
  readonly document: unknown;
}

/** Of an organization nobody said anything. */
export const NO_ORGANIZATION: Organization = { serviceControlPolicies: [], resourceControlPolicies: [] };
