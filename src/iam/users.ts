import { attachPolicies, GROUPS, PolicyHolder, USERS } from './identity-policies';
import { Policy } from './role';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** A user or a group that the app defines, or gives policies to. */
export class Holder implements PolicyHolder {
  public readonly policies = new Set<Policy>();
  public boundary?: Policy | 'unknown';
  public isForeign: boolean;
  public readonly groups = new Set<Holder>();

  constructor(public readonly name: Value, public readonly resource?: Resource) {
    this.isForeign = resource === undefined;
  }

  /** Its policies and those of its groups. */
  public get allPolicies(): readonly Policy[] {
    return [...this.policies, ...[...this.groups].flatMap(({ policies }) => [...policies])];
  }
}

/** All users and groups that the app defines, or gives policies to. */
export const users = view((app): { readonly users: readonly Holder[]; readonly groups: readonly Holder[] } => {
  const found = directory(app, 'AWS::IAM::User', 'UserName');
  const groups = directory(app, 'AWS::IAM::Group', 'GroupName');
  attachPolicies(app, USERS, found.of);
  attachPolicies(app, GROUPS, groups.of);
  for (const user of app.ofType('AWS::IAM::User')) {
    const holder = found.of(user.reference('Arn'), user);
    for (const group of user.get('Groups').items) holder.groups.add(groups.of(group, user));
  }
  for (const addition of app.ofType('AWS::IAM::UserToGroupAddition')) {
    for (const user of addition.get('Users').items) found.of(user, addition).groups.add(groups.of(addition.get('GroupName'), addition));
  }
  return { users: found.all(), groups: groups.all() };
});

/** Those of one type, by reference or by name within a stack. */
function directory(app: AppModel, type: string, property: string) {
  const byKey = new Map<string, Holder>();
  const named = new Map<string, Resource>(app.ofType(type).flatMap(each => {
    const name = each.get(property).text;
    return name === undefined ? [] : [[`${each.source.name}/${name}`, each] as [string, Resource]];
  }));
  const of = (value: Value, from: Resource): Holder => {
    const key = `${from.source.name}/${value.text ?? value}`;
    const target = value.kind === 'reference' && value.target!.type === type ? value.target : named.get(key);
    const holder = byKey.get(target?.id ?? key) ?? new Holder(target?.reference('Arn') ?? value, target);
    byKey.set(target?.id ?? key, holder);
    return holder;
  };
  return { of, all: () => [...byKey.values()] };
}
