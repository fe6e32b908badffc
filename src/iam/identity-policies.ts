import { awsManagedPolicy, awsManagedStatements } from './aws-managed-policies';
import { listed, Placed, statementsOf } from './policy-document';
import { Policy } from './role';
import { Statement } from './statement';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** Who has policies: a role, a user, a group. */
export interface PolicyHolder {
  readonly policies: Set<Policy>;
  /** What it may do at most, if it has a boundary: `unknown` if that isn't a policy of the app. */
  boundary?: Policy | 'unknown';
  /** Whether it, or a policy of it, comes from elsewhere, so that anything may be allowed. */
  isForeign: boolean;
}

/** What the templates call a kind of holders, and what attaches policies to them. */
export interface HolderKind {
  readonly type: string;
  /** Where policies name those that have them. */
  readonly property: string;
  /** The type of a policy that belongs to one of them, and where it says to which. */
  readonly inline: string;
  readonly name: string;
}

export const ROLES: HolderKind = { type: 'AWS::IAM::Role', property: 'Roles', inline: 'AWS::IAM::RolePolicy', name: 'RoleName' };
export const USERS: HolderKind = { type: 'AWS::IAM::User', property: 'Users', inline: 'AWS::IAM::UserPolicy', name: 'UserName' };
export const GROUPS: HolderKind = { type: 'AWS::IAM::Group', property: 'Groups', inline: 'AWS::IAM::GroupPolicy', name: 'GroupName' };

/** The holder that a value of a resource names. */
type HolderOf = (value: Value, user: Resource) => PolicyHolder;

/** The policies that stand by themselves, each read once. */
const ownPolicies = view(app => new Map<Resource, Policy>(
  app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', ...[ROLES, USERS, GROUPS].map(({ inline }) => inline))
    .map(policy => [policy, { statements: statementsOf(policy, 'PolicyDocument') }])));

/** Gives each holder of a kind its policies, whichever of the two names the other. */
export function attachPolicies(app: AppModel, { type, property, inline, name }: HolderKind, holderOf: HolderOf): void {
  const policies = ownPolicies(app);
  for (const [policy, statements] of policies) {
    if (policy.type !== inline && policy.type !== 'AWS::IAM::Policy' && policy.type !== 'AWS::IAM::ManagedPolicy') continue;
    for (const { value, exists } of placed(policy, policy.type === inline ? name : property)) {
      holderOf(value, policy).policies.add(exists === policy.exists ? statements : perhaps(statements));
    }
  }
  for (const resource of app.ofType(type)) {
    const holder = holderOf(resource.reference('Arn'), resource);
    for (const { property: at } of placed(resource, 'Policies')) holder.policies.add({ statements: statementsOf(resource, `${at}.PolicyDocument`) });
    for (const arn of placed(resource, 'ManagedPolicyArns')) attach(holder, managed(resource, arn, policies));
    for (const arn of placed(resource, 'PermissionsBoundary')) holder.boundary = boundary(resource, arn, policies);
  }
}

function attach(holder: PolicyHolder, policy: Policy | undefined): void {
  if (policy) holder.policies.add(policy);
  else holder.isForeign = true;
}

/** The managed policy that an ARN names, of the app or of AWS, if it is known. */
function managed(user: Resource, arn: Placed, own: ReadonlyMap<Resource, Policy>): Policy | undefined {
  const policy = arn.value.target && own.get(arn.value.target);
  if (policy) return arn.exists === user.exists ? policy : perhaps(policy);
  const aws = awsManagedPolicy(arn.value);
  if (aws === undefined) return undefined;
  // Whatever is wrong with it, the ARN is what to change.
  const origin = { resource: user, property: arn.property, isWhole: true };
  const documented = awsManagedStatements(aws);
  return {
    aws,
    isKnown: documented !== undefined,
    statements: (documented ?? []).map(statement => new Statement(origin, statement, arn.exists)),
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
