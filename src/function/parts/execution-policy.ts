import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IDependable } from 'constructs';

/** A statement as the template has it: each function has several, and the CDK takes long over an `iam.PolicyStatement`. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: string;
  readonly Condition?: { readonly [operator: string]: unknown };
}

/** Takes one more statement to where the policy of a function is written down. */
type Writer = (statement: Statement) => void;

interface ExecutionPolicy {
  /** By its own text, so that what several applications of a part ask for is there once. */
  readonly statements: Map<string, Statement>;
  readonly write: Writer;
}

const POLICIES = new WeakMap<lambda.Function, ExecutionPolicy>();

/**
 * Adds to what Lambda itself needs to run `fn`: the statements that the parts of a secure function ask for.
 *
 * They sit inline in the role where the role belongs to the function, which saves a resource and makes sure that they are
 * there before the function is. Grants of the caller go where the CDK puts them, the role's default policy.
 */
export function addToExecutionPolicy(fn: lambda.Function, ...statements: Statement[]): void {
  const policy = POLICIES.get(fn) ?? { statements: new Map(), write: writerFor(fn) };
  POLICIES.set(fn, policy);
  for (const statement of statements) {
    const text = JSON.stringify(statement);
    if (policy.statements.has(text)) continue;
    policy.statements.set(text, statement);
    policy.write(statement);
  }
}

/** What was added for `fn`, also where its role doesn't take it. */
export function executionStatementsOf(fn: lambda.Function): Statement[] {
  return [...POLICIES.get(fn)?.statements.values() ?? []];
}

/** Whether the role takes new statements, which an immutable import silently drops. */
export function takesStatements(role: iam.IRole): boolean {
  const { PROPERTY_INJECTION_ID: id } = role.constructor as { PROPERTY_INJECTION_ID?: string };
  return id !== 'aws-cdk-lib.aws-iam.ImmutableRole';
}

/** Whether the L2 made `fn`'s role, as opposed to the caller. */
export function ownsRole(fn: lambda.Function): boolean {
  return fn.role !== undefined && fn.node.tryFindChild('ServiceRole') === fn.role;
}

function writerFor(fn: lambda.Function): Writer {
  if (!fn.role || !takesStatements(fn.role)) return () => {};
  const cfnRole = ownsRole(fn) ? fn.role.node.defaultChild : undefined;
  if (CfnResource.isCfnResource(cfnRole)) return writerInto(cfnRole as iam.CfnRole);
  // In the function's stack: the role may be in another one, which must not come to depend on the function's log group.
  const policy = new iam.Policy(fn, 'ExecutionPolicy', { roles: [fn.role] });
  fn.node.defaultChild!.node.addDependency(policy);
  return statement => policy.addStatements(iam.PolicyStatement.fromJson(statement));
}

function writerInto(role: iam.CfnRole): Writer {
  const policyDocument: { Version: string; Statement: Statement[] } = { Version: '2012-10-17', Statement: [] };
  role.policies = [...(role.policies as iam.CfnRole.PolicyProperty[] | undefined ?? []), { policyName: 'Execution', policyDocument }];
  return statement => policyDocument.Statement.push(statement);
}

/**
 * Keeps statements about the function itself out of the role's default policy: the function depends on that policy,
 * so naming the function in it is a cycle that CloudFormation rejects.
 */
export function divertStatementsAboutItself(fn: lambda.Function): void {
  const role = fn.role as iam.Role;
  const addToDefaultPolicy = role.addToPrincipalPolicy.bind(role);
  let own: iam.Policy | undefined;

  role.addToPrincipalPolicy = statement => {
    if (!mentions(statement, fn)) return addToDefaultPolicy(statement);
    own ??= new iam.Policy(fn, 'PolicyAboutItself', { roles: [role] });
    own.addStatements(statement);
    return { statementAdded: true, policyDependable: own as IDependable };
  };
}

function mentions(statement: iam.PolicyStatement, fn: lambda.Function): boolean {
  const logicalId = fn.stack.resolve((fn.node.defaultChild as CfnResource).logicalId);
  return names(Stack.of(fn).resolve(statement.toStatementJson()), logicalId);
}

function names(value: unknown, logicalId: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    (key === 'Ref' && inner === logicalId)
    || (key === 'Fn::GetAtt' && Array.isArray(inner) && inner[0] === logicalId)
    || names(inner, logicalId));
}
