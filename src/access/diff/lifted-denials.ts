import { AccessChange } from './access-change';
import { describeWidening } from './described-change';
import { effective } from './effective';
import { piecesOf } from './pieces';
import { Versions } from './versions';
import { Widening, widenings } from './widening';
import { Resource } from '../../model/resource';
import { describePrincipal } from '../descriptions/described-principal';
import { AccessStatement } from '../policies/given-statements';
import { Identity } from '../principals/identity';
import { askedResource } from '../queries/asked-resource';
import { grantIndex } from '../queries/grant-index';

/** What identities may do with a resource by rights that they had, since its policy doesn't deny it any more. */
export function liftedDenials(
  versions: Versions, resource: Resource, before: readonly AccessStatement[], after: readonly AccessStatement[],
): readonly AccessChange[] {
  if (!versions.counterparts.of(resource)) return [];
  const kept = new Set(piecesOf(after).map(({ key }) => key));
  const lifted = piecesOf(before).filter(({ statement: { effect }, key }) => effect === 'Deny' && !kept.has(key)).map(({ statement }) => statement);
  if (lifted.length === 0) return [];
  const { patterns } = askedResource(versions.after, resource);
  const service = patterns[0].split(':')[2] ?? '*';
  return [...grantIndex(versions.after).grantees(`${service}:*`, patterns)].flatMap(identity => {
    const { requester } = identity;
    const principal = describePrincipal(versions.after, { requester, identity });
    return freed(versions, resource, identity).flatMap(each => describeWidening(versions, each, { principal, before: lifted, kind: 'condition', resource }));
  });
}

/** The rights of an identity by which it may do more than it could, though it had them before. */
function freed(versions: Versions, resource: Resource, after: Identity): readonly Widening[] {
  const before = versions.identityBefore(after);
  if (!before) return [];
  const [{ statements }, held] = [versions.newer.rightsOf(after), versions.older.rightsOf(before).statements];
  const standings = versions.standings(resource, after);
  if (standings.now.isSilent && standings.was.isSilent) return [];
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  return statements.filter(({ effect }) => effect === 'Allow').flatMap(statement => {
    const found = effective({ statement, isSure: true, excess: [] }, standings, 'identity');
    // What is new by its own policies is told of these.
    return found.length === 0 || widenings([statement, ...denials], held).length > 0 ? [] : found;
  });
}
