import { arnOf } from './arn';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';

/** What two values have in common if they name the same role, and the role itself if it is one of the app. */
export interface RoleName {
  readonly key: string;
  /** Whether it is known which role that is, in the app or not. */
  readonly isIdentified: boolean;
  readonly resource?: Resource;
  /** Its bare name in this stack, which policies attach themselves by. */
  readonly nameInStack?: string;
}

/** The roles of the app that have a name of their own, by account and name. */
const namedRoles = view(app => {
  const roles = new Map<string, Resource>();
  for (const role of app.ofType('AWS::IAM::Role')) {
    const name = role.get('RoleName').text;
    if (name !== undefined) roles.set(`${accountOf(role)}/${name}`, role);
  }
  return roles;
});

/**
 * The role that a value names, by reference, ARN or name; `user` is the resource that has the value. Names of other stacks, which may
 * be in another account, are told apart unless both accounts are known or both stacks go wherever the app is deployed to.
 */
export function roleName(app: AppModel, value: Value, user: Resource): RoleName {
  const { target } = value;
  if (value.kind === 'reference' && target) {
    return target.type === 'AWS::IAM::Role' ? { key: target.id, isIdentified: true, resource: target }
      : { key: `${target.id}.${value.attribute}`, isIdentified: false };
  }
  const arn = arnOf(value);
  const unidentified = { key: `?${user.source.name}?${value}`, isIdentified: false };
  if (arn && !arn.resource.startsWith('role/')) return unidentified;
  const name = arn ? arn.resource.split('/').at(-1)! : value.text;
  if (name === undefined || name === '') return unidentified;
  const key = `${arn?.account ?? accountOf(user)}/${name}`;
  const resource = namedRoles(app).get(key);
  const nameInStack = `${user.source.name}/${name}`;
  return { key: resource?.id ?? key, isIdentified: true, resource, nameInStack };
}

/** The account of a resource, or else which deployment decides on it. */
function accountOf({ source }: Resource): string {
  return source.account ?? `${source.assembly ?? ''}?`;
}
