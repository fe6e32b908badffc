import { COMMON_POLICIES } from './data/at-hand';
import { managedPolicyDocument } from './data/managed-policies';
import { Value } from '../model/value';

/** A statement as it stands in JSON. */
export type AwsStatement = Readonly<Record<string, unknown>>;

/** The name of the policy that an ARN names, if AWS manages it: `AdministratorAccess`, `service-role/AWSLambdaRole`. */
export function awsManagedPolicy(arn: Value): string | undefined {
  // Not split into segments: where the partition isn't known, its place holder has colons, too.
  return /:iam::aws:policy\/([^$]+)$/.exec(arn.kind === 'reference' ? '' : String(arn))?.[1];
}

/**
 * What a policy says that AWS manages; undefined if there is none of that name. For those that most functions have, the table of all
 * policies need not be read.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function awsManagedStatements(name: string): readonly AwsStatement[] | undefined {
  if (!Object.hasOwn(COMMON_POLICIES, name)) return managedPolicyDocument(name)?.Statement;
  const known = byName.get(name) ?? JSON.parse(COMMON_POLICIES[name]) as readonly AwsStatement[];
  byName.set(name, known);
  return known;
}

const byName = new Map<string, readonly AwsStatement[]>();
