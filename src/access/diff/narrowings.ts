import { Narrowing } from './access-change';
import { identityVersions, principalOf, rightsOf } from './changed-identities';
import { describeWidening } from './described-change';
import { widenedRights } from './rights';
import { Versions } from './versions';

/** What identities could surely do and can't any more. */
export function narrowings(versions: Versions): readonly Narrowing[] {
  return identityVersions(versions).flatMap(each => {
    const { after, before } = each;
    if (!before) return [];
    const now = rightsOf(after, statement => versions.common.statementOf(statement));
    return widenedRights(before.requester, rightsOf(before), now).filter(({ isSure }) => isSure)
      .flatMap(widening => describeWidening(versions, widening, { principal: principalOf(versions, each), before: [] }))
      .map(({ principals, actions, resources }) => ({ principals, actions, resources }));
  });
}
