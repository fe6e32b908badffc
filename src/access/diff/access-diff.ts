import { AccessChange, AccessDiff, ChangeKind } from './access-change';
import { changedIdentities } from './changed-identities';
import { changedResourcePolicies } from './changed-resource-policies';
import { narrowings } from './narrowings';
import { newAttackPaths } from './new-attack-paths';
import { newEgress } from './new-egress';
import { newEscalations } from './new-escalations';
import { newExposures } from './new-exposures';
import { releasedGrants } from './released-grants';
import { Versions } from './versions';
import { AppModel } from '../../model/app-model';
import { DescribedPrincipal } from '../descriptions/described-principal';

/** What access an app gives that an older version of it did not, and what it gives no more. */
export function accessDiff(before: AppModel, after: AppModel): AccessDiff {
  const versions = new Versions(before, after);
  const access = [newExposures, changedResourcePolicies, changedIdentities, releasedGrants, newEgress].flatMap(changesIn => changesIn(versions));
  const escalating = [...access, ...newEscalations(versions, access)];
  return { changes: sorted(joined([...escalating, ...newAttackPaths(versions, escalating)])), narrowings: narrowings(versions) };
}

const ORDER: readonly ChangeKind[] = ['public', 'escalation', 'attack path', 'principal', 'boundary', 'action', 'resource', 'condition', 'egress'];

function sorted(changes: readonly AccessChange[]): readonly AccessChange[] {
  const rank = ({ isSure, kind }: AccessChange) => Number(!isSure) * ORDER.length + ORDER.indexOf(kind);
  return [...changes].sort((one, other) => rank(one) - rank(other));
}

/** One change for what one statement gives to several, or of several resources. */
function joined(changes: readonly AccessChange[]): readonly AccessChange[] {
  const ofResources = merged(changes, each => [each.principals, each.actions],
    (one, other) => ({ ...one, resources: union(one.resources, other.resources) }));
  return merged(ofResources, each => [each.resources, each.actions],
    (one, other) => ({ ...one, principals: unionOf(one.principals, other.principals) }));
}

type Join = (one: AccessChange, other: AccessChange) => AccessChange;

function merged(changes: readonly AccessChange[], keyOf: (change: AccessChange) => unknown, join: Join): readonly AccessChange[] {
  const byKey = new Map<string, AccessChange>();
  for (const change of changes) {
    const { kind, isSure, now } = change;
    const key = JSON.stringify([kind, isSure, now, change.steps, keyOf(change)]);
    const known = byKey.get(key);
    byKey.set(key, known ? join(known, change) : change);
  }
  return [...byKey.values()];
}

function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])];
}

function unionOf(one: readonly DescribedPrincipal[], other: readonly DescribedPrincipal[]): readonly DescribedPrincipal[] {
  return [...new Map([...one, ...other].map(each => [JSON.stringify(each), each])).values()];
}
