import { attachPolicies, ROLES } from './identity-policies';
import { Role } from './role';
import { roleName } from './role-names';
import { Statement } from './statement';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** Which property of which resource gives code its role. */
const EXECUTION_ROLES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::Lambda::WebFunctionRevision': 'ServiceConfig.ExecutionRoleArn',
};

/** All roles that the app defines or names. */
export const roles = view(app => {
  const found = new Map<string, Role>();
  const byName = new Map<string, Role>();
  const ofApp = new Map<Resource, Role>();
  const roleOf = (value: Value, user: Resource) => {
    const known = value.target && ofApp.get(value.target);
    return known && value.kind === 'reference' ? known : roleNamed(value, user);
  };
  const roleNamed = (value: Value, user: Resource) => {
    const { key, isIdentified, resource, nameInStack } = roleName(app, value, user);
    // A stack that is deployed anywhere may have a role by an ARN with an account, and attach policies to it by name alone.
    const name = resource?.reference('Arn') ?? value;
    const role = found.get(key) ?? byName.get(nameInStack ?? '') ?? new Role(name, isIdentified, resource);
    found.set(key, role);
    if (nameInStack) byName.set(nameInStack, role);
    if (resource) ofApp.set(resource, role);
    return role;
  };
  for (const role of app.ofType('AWS::IAM::Role')) roleOf(role.reference('Arn'), role);
  for (const [type, property] of Object.entries(EXECUTION_ROLES)) {
    for (const fn of app.ofType(type)) {
      const { branches } = fn.get(property);
      for (const branch of branches) {
        if (branch.kind !== 'absent') roleOf(branch, fn).functions.push({ fn, property, code: codeOf(fn), certain: branches.length > 1 ? 'unknown' : fn.exists });
      }
    }
  }
  attachPolicies(app, ROLES, roleOf);
  return new Set(found.values());
});

/** The roles that functions assume. */
export const executionRoles = view(app => [...roles(app)].filter(({ functions }) => functions.length > 0));

function codeOf(fn: Resource): string {
  return fn.type === 'AWS::Lambda::WebFunctionRevision' ? `${fn.source.name}/${fn.get('FunctionName')}` : fn.id;
}

/** A statement by which a function may do something, or may not. */
export interface Grant {
  readonly statement: Statement;
  /** One of the roles that have it. */
  readonly role: Role;
}

/** The statements of all roles that functions assume, each once. */
export const functionGrants = view(app => {
  const known = new Set<Statement>();
  const grants: Grant[] = [];
  for (const role of executionRoles(app)) {
    for (const statement of role.statements) {
      if (known.has(statement)) continue;
      known.add(statement);
      grants.push({ statement, role });
    }
  }
  return grants;
});

const rolesByFunction = view(app => {
  const byFunction = new Map<Resource, Role[]>();
  for (const role of executionRoles(app)) {
    for (const { fn } of role.functions) byFunction.set(fn, [...byFunction.get(fn) ?? [], role]);
  }
  return byFunction;
});

/** The role of a function; nothing if it has none, or one of several by a condition of the template. */
export function executionRole(app: AppModel, fn: Resource): Role | undefined {
  const possible = rolesByFunction(app).get(fn) ?? [];
  return possible.length === 1 ? possible[0] : undefined;
}
