import { Identity, IdentityPolicies } from './identity';
import { GivenPolicy, unknownPolicy } from '../../iam/evaluation/policies';
import { roles } from '../../iam/execution-roles';
import { Policy } from '../../iam/role';
import { Statement } from '../../iam/statement';
import { Holder, users } from '../../iam/users';
import { AppModel, view } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { names } from '../names/names';
import { translate } from '../policies/translations';

/** The roles and users of an app. */
export interface Identities {
  readonly all: readonly Identity[];
  readonly groups: readonly Identity[];
  byArn(arn: string): Identity | undefined;
  /** The identity that a resource is, or that its code runs with. */
  of(resource: Resource): readonly Identity[];
}

export const identities = view((app): Identities => {
  const all = [...rolesOf(app), ...usersOf(app)];
  const byArn = new Map(all.map(each => [each.arn, each]));
  const byResource = new Multimap<Resource, Identity>();
  for (const each of all) {
    if (each.resource) byResource.add(each.resource, each);
    for (const fn of each.functions) byResource.add(fn, each);
  }
  return { all, groups: groupsOf(app), byArn: arn => byArn.get(arn), of: resource => byResource.get(resource) };
});

/** What an identity may have of policies. */
interface Holding {
  readonly policies: Iterable<Policy>;
  readonly boundary?: Policy | 'unknown';
  readonly isWhole: boolean;
}

function rolesOf(app: AppModel): Identity[] {
  return [...roles(app)].flatMap(role => {
    const user = role.resource ?? role.functions[0]?.fn ?? originOf(role.policies);
    const arn = user && arnNamed(app, role.name, user, 'role');
    if (arn === undefined) return [];
    const functions = [...new Set(role.functions.map(({ fn }) => fn))];
    const { isWhole } = role;
    return [new Identity('role', arn, role.resource, functions, isWhole, [], statementsOf(role.policies), () => policiesOf(app, { policies: role.policies, boundary: role.boundary, isWhole }))];
  });
}

function usersOf(app: AppModel): Identity[] {
  return users(app).users.flatMap(user => {
    const groups = [...user.groups].flatMap(group => arnOf(app, group, 'group') ?? []);
    const { resource, allPolicies: policies, boundary } = user;
    const isWhole = [user, ...user.groups].every(({ isForeign }) => !isForeign) && policies.every(isKnown);
    const arn = arnOf(app, user, 'user');
    return arn === undefined ? [] : [new Identity('user', arn, resource, [], isWhole, groups, statementsOf(policies), () => policiesOf(app, { policies, boundary, isWhole }))];
  });
}

function groupsOf(app: AppModel): Identity[] {
  return users(app).groups.flatMap(group => {
    const arn = arnOf(app, group, 'group');
    const isWhole = !group.isForeign && [...group.policies].every(isKnown);
    return arn === undefined ? [] : [new Identity('group', arn, group.resource, [], isWhole, [], statementsOf(group.policies), () => policiesOf(app, { policies: group.policies, isWhole }))];
  });
}

function arnOf(app: AppModel, { name, resource, policies }: Holder, kind: 'user' | 'group'): string | undefined {
  const from = resource ?? originOf(policies);
  return from && arnNamed(app, name, from, kind);
}

function statementsOf(policies: Iterable<Policy>): () => readonly Statement[] {
  return () => [...policies].flatMap(({ statements }) => statements);
}

function policiesOf(app: AppModel, { policies, boundary, isWhole }: Holding): IdentityPolicies {
  const given = (policy: Policy): GivenPolicy<Statement> => policy.statements.flatMap(translate(app));
  return {
    identity: [...[...policies].map(given), ...isWhole ? [] : [unknownPolicy<Statement>()]],
    ...boundary === undefined ? {} : { boundary: boundary === 'unknown' ? unknownPolicy<Statement>() : given(boundary) },
  };
}

/** Whether what a policy says is known. */
function isKnown(policy: Policy): boolean {
  return policy.isKnown !== false;
}

/** Where something stands that names an identity from elsewhere. */
function originOf(policies: Iterable<Policy>): Resource | undefined {
  for (const { statements } of policies) for (const { origin } of statements) return origin.resource;
  return undefined;
}

/** The ARN of an identity that is named by it, by its name, or by reference. */
function arnNamed(app: AppModel, name: Value, from: Resource, kind: Identity['kind']): string | undefined {
  const { environments } = names(app);
  const text = names(app).text(name, from);
  if (text === undefined || text.startsWith('arn:') || name.kind === 'unknown' && name.parts.length === 0) return text;
  return `arn:aws:iam::${environments.account(from.source)}:${kind}/${text}`;
}
