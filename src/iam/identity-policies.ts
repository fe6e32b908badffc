import { awsManagedPolicy, AWS_MANAGED_POLICIES } from './aws-managed-policies';
import { listed, Placed, statementsOf } from './policy-document';
import { Policy, Role } from './role';
import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** The role that a value of a resource names. */
type RoleOf = (value: Value, user: Resource) => Role;

/** Gives each role its policies, whichever of the two names the other. */
export function attachPolicies(app: AppModel, roleOf: RoleOf): void {
  const policies = new Map<Resource, Policy>();
  for (const policy of app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
    const statements = { statements: statementsOf(policy, 'PolicyDocument') };
    policies.set(policy, statements);
    const property = policy.type === 'AWS::IAM::RolePolicy' ? 'RoleName' : 'Roles';
    for (const { value, exists } of placed(policy, property)) {
      roleOf(value, policy).policies.add(exists === policy.exists ? statements : perhaps(statements));
    }
  }
  for (const resource of app.ofType('AWS::IAM::Role')) {
    const role = roleOf(Value.reference(resource, 'Arn'), resource);
    for (const { property } of placed(resource, 'Policies')) role.policies.add({ statements: statementsOf(resource, `${property}.PolicyDocument`) });
    for (const arn of placed(resource, 'ManagedPolicyArns')) attach(role, managed(resource, arn, policies));
    for (const arn of placed(resource, 'PermissionsBoundary')) role.boundary = boundary(resource, arn, policies);
  }
}

function attach(role: Role, policy: Policy | undefined): void {
  if (policy) role.policies.add(policy);
  else role.isForeign = true;
}

/** The managed policy that an ARN names, of the app or of AWS, if it is known. */
function managed(user: Resource, arn: Placed, own: ReadonlyMap<Resource, Policy>): Policy | undefined {
  const policy = arn.value.target && own.get(arn.value.target);
  if (policy) return arn.exists === user.exists ? policy : perhaps(policy);
  const aws = awsManagedPolicy(arn.value);
  if (aws === undefined) return undefined;
  // Whatever is wrong with it, the ARN is what to change.
  const origin = { resource: user, property: arn.property, isWhole: true };
  const documented = Object.hasOwn(AWS_MANAGED_POLICIES, aws) ? AWS_MANAGED_POLICIES[aws] : undefined;
  return {
    aws,
    isKnown: documented !== undefined,
    statements: (documented ?? []).map(raw => new Statement(origin, Value.known(raw, user.scope), arn.exists)),
  };
}

/** A boundary that only a condition sets, or of which nothing is known, bounds nobody knows what. */
function boundary(role: Resource, arn: Placed, own: ReadonlyMap<Resource, Policy>): Policy | 'unknown' {
  const policy = arn.exists === role.exists ? managed(role, arn, own) : undefined;
  return policy && policy.isKnown !== false ? policy : 'unknown';
}

function placed(resource: Resource, property: string): readonly Placed[] {
  return listed({ value: resource.get(property), property, exists: resource.exists });
}

/** A policy of which a condition decides whether somebody has it. */
function perhaps(policy: Policy): Policy {
  return { ...policy, statements: policy.statements.map(statement => statement.perhaps()) };
}
