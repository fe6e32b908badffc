import { attachments } from './attachments';
import { groupsIn, SecurityGroup, securityGroups } from './security-groups';
import { view } from '../model/app-model';
import { Resource } from '../model/resource';

/** A security group, and what runs code in it. */
export interface FunctionGroup {
  readonly group: SecurityGroup;
  readonly users: readonly Resource[];
}

/** The security groups of an app that functions, web functions and microVMs are in. */
export const functionGroups = view((app): readonly FunctionGroup[] => {
  const groups = securityGroups(app);
  const users = new Map<SecurityGroup, Resource[]>();
  for (const [compute, attached] of attachments(app)) {
    for (const group of new Set(attached.flatMap(attachment => groupsIn(attachment.groups, groups)))) {
      const others = users.get(group);
      if (others) others.push(compute);
      else users.set(group, [compute]);
    }
  }
  return [...users].map(([group, by]) => ({ group, users: by }));
});
