import { Resource } from '../model/resource';
import { Value } from '../model/value';

/**
 * What tells one network resource from another: those of the app by where they stand in it, others by the id that somebody wrote down.
 * Nothing for what only deployment knows.
 */
export function identityOf(branch: Value): string | undefined {
  if (branch.kind !== 'reference') return branch.text;
  const { target, attribute } = branch;
  // The default group of a VPC has no resource of its own.
  return attribute === 'DefaultSecurityGroup' ? `${target!.id}.${attribute}` : target!.id;
}

/** Resources by the identity of what each names in `property`, whichever branch of it holds. */
export function groupedBy(resources: readonly Resource[], property: string): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const branch of resource.get(property).branches) {
      const identity = identityOf(branch);
      if (identity === undefined) continue;
      const group = groups.get(identity);
      if (group) group.push(resource);
      else groups.set(identity, [resource]);
    }
  }
  return groups;
}
