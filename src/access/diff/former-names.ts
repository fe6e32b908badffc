import { identityVersions } from './changed-identities';
import { Versions } from './versions';
import { Multimap } from '../../model/multimap';
import { Escalation } from '../escalation/escalations';
import { AccessNode } from '../graph/access-edge';
import { Identity } from '../principals/identity';

/** What identities, nodes and gains of the newer version were called in the older one: by several names, where what was one is several now. */
export class FormerNames {
  private readonly byIdentity = new Multimap<Identity, Identity>();

  constructor(private readonly versions: Versions) {
    for (const { after, before } of identityVersions(versions)) if (before) this.byIdentity.add(after, before);
  }

  /** The keys that what is gained had. */
  public gained({ gained: { key, identity }, steps }: Escalation): readonly string[] {
    if (identity) return this.byIdentity.get(identity).map(before => key.replace(identity.arn, () => before.arn));
    // What it is may be told by the resource that it comes from.
    const { resource } = steps[steps.length - 1].target;
    const before = resource && this.versions.counterparts.of(resource);
    return [before ? key.replaceAll(String(resource), String(before)) : key];
  }

  /** The ids that a node had. */
  public node({ id, identity, resource }: AccessNode): readonly string[] {
    const before = resource && this.versions.counterparts.of(resource);
    if (identity) return [...before ? [before.id] : [], ...this.byIdentity.get(identity).flatMap(each => each.resource?.id ?? id)];
    if (resource) return before ? [before.id] : [];
    return [id];
  }
}
