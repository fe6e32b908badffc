import { AccessChange } from './access-change';
import { describeWidening } from './described-change';
import { effective } from './effective';
import { piecesOf } from './pieces';
import { Rights } from './rights';
import { Version } from './version';
import { Versions } from './versions';
import { Widening, widenings } from './widening';
import { view } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';
import { describePrincipal } from '../descriptions/described-principal';
import { AccessStatement } from '../policies/given-statements';
import { resourcePolicyOf } from '../policies/resource-policies';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** What policies of resources granted identities before, and a boundary or a denial of their own held back. */
export function releasedGrants(versions: Versions): readonly AccessChange[] {
  const { after: app, older, newer } = versions;
  return identities(app).all.flatMap(after => {
    const before = versions.identityBefore(after);
    if (!before) return [];
    const held = limitsBefore(newer.rightsOf(after), older.rightsOf(before));
    if (!held) return [];
    const principal = describePrincipal(app, { requester: after.requester, identity: after });
    return resourcesNaming(newer, after).flatMap(resource => released(versions, resource, after)
      .flatMap(each => describeWidening(versions, each, { principal, before: held.by, kind: held.kind, resource })));
  });
}

/** What limited an identity and doesn't any more, if anything. */
function limitsBefore(now: Rights, was: Rights): { readonly kind: 'boundary' | 'condition'; readonly by: readonly AccessStatement[] } | undefined {
  const denials = ({ statements, boundary = [] }: Rights) => piecesOf([...statements, ...boundary].filter(({ effect }) => effect === 'Deny'));
  if (was.boundary && (!now.boundary || widenings(now.boundary, was.boundary).length > 0)) return { kind: 'boundary', by: was.boundary };
  const kept = new Set(denials(now).map(({ key }) => key));
  const lifted = denials(was).filter(({ key }) => !kept.has(key)).map(({ statement }) => statement);
  return lifted.length > 0 ? { kind: 'condition', by: lifted } : undefined;
}

/** The grants that both versions of a policy have, by which an identity may do more than it could. */
function released(versions: Versions, resource: Resource, after: Identity): readonly Widening[] {
  const { older, newer } = versions;
  const before = older.policyOf(resource);
  const id = newer.requesterOf(after).id;
  const naming = piecesOf(newer.policyOf(resource)).map(({ statement }) => statement)
    .filter(({ effect, principals }) => effect === 'Allow' && principals?.named.some(each => each.id === id || each.id === '*') !== principals?.negated);
  return naming.filter(each => widenings([each], before).length === 0)
    .flatMap(statement => effective({ statement, isSure: true, excess: [] }, versions.standings(resource, after), 'resource'));
}

/** The resources whose policies grant something to an identity, or to everybody. */
function resourcesNaming({ app }: Version, { arn }: Identity): readonly Resource[] {
  return [...new Set([...byNamed(app).get(arn), ...byNamed(app).get('*')])];
}

const byNamed = view(app => {
  const found = new Multimap<string, Resource>();
  for (const resource of app.resources) {
    for (const { effect, principals } of resourcePolicyOf(app, resource)) {
      if (effect !== 'Allow' || !principals) continue;
      for (const { id } of principals.negated ? [{ id: '*' }] : principals.named) found.add(id, resource);
    }
  }
  return found;
});
