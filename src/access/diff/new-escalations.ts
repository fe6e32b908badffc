import { AccessChange } from './access-change';
import { identityVersions, IdentityVersions, principalOf } from './changed-identities';
import { placeOf } from './described-change';
import { FormerNames } from './former-names';
import { Versions } from './versions';
import { Multimap } from '../../model/multimap';
import { describeEscalation } from '../descriptions/described-escalation';
import { escalationsByIdentity, statementsOf } from '../escalation/by-identity';
import { EscalationSearch } from '../escalation/escalation-search';
import { Escalation } from '../escalation/escalations';
import { Identity } from '../principals/identity';

/**
 * What identities come to that they, or the functions that run with them, did not come to, by whatever method.
 *
 * @param told what is new otherwise, by which rights are known that are
 */
export function newEscalations(versions: Versions, told: readonly AccessChange[]): readonly AccessChange[] {
  const [older, newer] = [escalationsByIdentity(versions.before), escalationsByIdentity(versions.after)];
  const former = new FormerNames(versions);
  const widened = new Set(told.flatMap(({ principals }) => principals.map(({ name }) => name)));
  const found = new Multimap<Identity, Escalation>();
  return identityVersions(versions).flatMap(each => newer.get(each.after).flatMap(escalation => {
    const was = (each.before ? older.get(each.before) : []).filter(({ gained }) => former.gained(escalation).includes(gained.key));
    if (was.some(({ isSure }) => isSure || !escalation.isSure) || found.get(each.after).includes(escalation)) return [];
    // Where the way was there and its end gives no more, the end had its rights by another policy.
    const { gained } = escalation;
    if (gained.identity && !widened.has(String(gained.identity.resource)) && wasHeld(versions, each, former.gained(escalation))) return [];
    found.add(each.after, escalation);
    return [changeOf(versions, each, escalation, was)];
  }));
}

function wasHeld({ before: app }: Versions, { before }: IdentityVersions, keys: readonly string[]): boolean {
  return before !== undefined && new EscalationSearch(app, before).found.some(({ gained, isSure }) => isSure && keys.includes(gained.key));
}

function changeOf(versions: Versions, each: IdentityVersions, escalation: Escalation, was: readonly Escalation[]): AccessChange {
  const { gains, steps } = describeEscalation(versions.after, escalation);
  return {
    kind: 'escalation',
    isSure: escalation.isSure && was.length === 0,
    principals: [principalOf(versions, each)],
    actions: [...new Set(steps.flatMap(({ actions }) => actions))],
    resources: [gains],
    steps: steps.map(({ by, target, how }) => `${by.join(' and ')} takes ${target.name} and ${how}`),
    now: statementsOf(escalation).map(placeOf),
    before: was.flatMap(statementsOf).map(placeOf),
  };
}
