import { COMMON_POLICIES } from './data/at-hand';
import { managedPolicyDocument } from './data/managed-policies';
import { Value } from '../model/value';

/** The name of the policy that an ARN names, if AWS manages it: `AdministratorAccess`, `service-role/AWSLambdaRole`. */
export function awsManagedPolicy(arn: Value): string | undefined {
  // The partition, which comes before, is mostly left to deployment.
  const end = arn.text ?? arn.parts.at(-1);
  return typeof end === 'string' ? /:iam::aws:policy\/([^$]+)$/.exec(end)?.[1] : undefined;
}

/**
 * The statements of a policy that AWS manages; undefined if there is none of that name. For those that most functions have, the table of all
 * policies need not be read.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function awsManagedStatements(name: string): readonly Value[] | undefined {
  const known = byName.get(name);
  if (known) return known;
  const statements = documented(name)?.map(statement => Value.known(statement));
  if (statements) byName.set(name, statements);
  return statements;
}

function documented(name: string): readonly unknown[] | undefined {
  return Object.hasOwn(COMMON_POLICIES, name) ? JSON.parse(COMMON_POLICIES[name]) : managedPolicyDocument(name)?.Statement;
}

/** What is read below them belongs to all who have the policy. */
const byName = new Map<string, readonly Value[]>();
