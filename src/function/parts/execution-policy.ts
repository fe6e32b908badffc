import { CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IDependable } from 'constructs';

const POLICIES = new WeakMap<lambda.Function, iam.PolicyDocument>();

/**
 * What Lambda itself needs to run `fn`: the statements that the parts of a secure function ask for.
 *
 * It sits inline in the role where the role belongs to the function, which saves a resource and makes sure that it is
 * there before the function is. Grants of the caller go where the CDK puts them, the role's default policy.
 */
export function executionPolicyOf(fn: lambda.Function): iam.PolicyDocument {
  const existing = POLICIES.get(fn);
  if (existing) return existing;
  const document = new iam.PolicyDocument();
  POLICIES.set(fn, document);
  attach(fn, document);
  return document;
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

function attach(fn: lambda.Function, policyDocument: iam.PolicyDocument): void {
  if (!fn.role || !takesStatements(fn.role)) return;
  const cfnRole = ownsRole(fn) ? fn.role.node.defaultChild : undefined;
  if (CfnResource.isCfnResource(cfnRole)) {
    const role = cfnRole as iam.CfnRole;
    role.policies = [...(role.policies as iam.CfnRole.PolicyProperty[] | undefined ?? []), { policyName: 'Execution', policyDocument }];
    return;
  }
  // In the function's stack: the role may be in another one, which must not come to depend on the function's log group.
  const policy = new iam.Policy(fn, 'ExecutionPolicy', { document: policyDocument, roles: [fn.role] });
  fn.node.defaultChild!.node.addDependency(policy);
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
