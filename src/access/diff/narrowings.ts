import { Narrowing } from './access-change';
import { identityVersions, principalOf } from './changed-identities';
import { describeWidening } from './described-change';
import { IdentityComparison } from './identity-comparison';
import { Versions } from './versions';

/** What identities could surely do and can't any more. */
export function narrowings(versions: Versions): readonly Narrowing[] {
  const { common, older, newer } = versions;
  return identityVersions(versions).flatMap(each => {
    const { after, before } = each;
    if (!before) return [];
    return new IdentityComparison(common, older, newer, before, after).widened.filter(({ isSure }) => isSure)
      .flatMap(widening => describeWidening(versions, widening, { principal: principalOf(versions, each), before: [] }))
      .map(({ principals, actions, resources }) => ({ principals, actions, resources }));
  });
}
