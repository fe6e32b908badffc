import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { constructsIn } from '../references';

/** Roles that each key's policy must not name. */
const KEPT_OUT = new WeakMap<kms.Key, Set<iam.Role>>();

/**
 * Moves what a key's policy would allow `role` into the role's own policy, now and later: the role names the key inline,
 * so a key that named the role would be a cycle that CloudFormation rejects. `secret.grantRead(fn)` makes one where
 * secret and function share a key. Within an account the two are the same, since the key leaves it to IAM.
 *
 * @param keyArn the key, if it is made in this app; the policy of any other one is out of reach
 */
export function keepOutOfKeyPolicy(role: iam.Role, keyArn: string): void {
  for (const key of keysIn(keyArn, role)) {
    const roles = KEPT_OUT.get(key) ?? divertStatements(key);
    roles.add(role);
    const statements = key['policy']?.['statements'] as iam.PolicyStatement[] | undefined ?? [];
    const named = statements.filter(statement => isFor(role, statement));
    statements.splice(0, statements.length, ...statements.filter(statement => !named.includes(statement)));
    named.forEach(statement => role.addToPrincipalPolicy(onKey(key, statement)));
  }
}

/** All functions of a stack have the same key, and to read a reference takes long. */
const KEYS = new WeakMap<IConstruct, Map<string, kms.Key[]>>();

function keysIn(keyArn: string, role: iam.Role): kms.Key[] {
  const known = KEYS.get(role.node.root) ?? new Map<string, kms.Key[]>();
  KEYS.set(role.node.root, known);
  const keys = known.get(keyArn) ?? [...constructsIn(keyArn, role)]
    .map(target => target.node.scope)
    .filter((owner): owner is kms.Key => owner !== undefined && 'addToResourcePolicy' in owner && 'keyArn' in owner);
  known.set(keyArn, keys);
  return keys;
}

function divertStatements(key: kms.Key): Set<iam.Role> {
  const roles = new Set<iam.Role>();
  KEPT_OUT.set(key, roles);
  const addToResourcePolicy = key.addToResourcePolicy.bind(key);
  key.addToResourcePolicy = (statement, allowNoOp) => {
    const role = [...roles].find(each => isFor(each, statement));
    return role ? role.addToPrincipalPolicy(onKey(key, statement)) : addToResourcePolicy(statement, allowNoOp);
  };
  return roles;
}

function isFor(role: iam.Role, statement: iam.PolicyStatement): boolean {
  const [principal, ...others] = statement.principals;
  return others.length === 0 && Object.values(principal?.policyFragment.principalJson ?? {}).flat().includes(role.roleArn);
}

function onKey(key: kms.Key, { actions, conditions, effect }: iam.PolicyStatement): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, conditions, effect, resources: [key.keyArn] });
}
