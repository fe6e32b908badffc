import { Table } from './table';

/** A policy document as it stands in JSON, without the names of statements. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

const table = new Table<PolicyDocument>('managed-policies');

/** The day of the last change to a policy that is known here. */
export function managedPoliciesDate(): string {
  return table.date;
}

/** The names of all policies that AWS manages, with their paths: `AdministratorAccess`, `service-role/AWSLambdaRole`. */
export function managedPolicyNames(): readonly string[] {
  return table.names;
}

/**
 * What a policy says that AWS manages, by what its ARN has after `policy/`; undefined if there is none of that name.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function managedPolicyDocument(name: string): PolicyDocument | undefined {
  return table.entry(name);
}
