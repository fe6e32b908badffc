import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { kindOfPrincipal, Principal, PrincipalKind } from '../principals/principal';

/** A principal as reports name it. */
export interface DescribedPrincipal {
  readonly kind: PrincipalKind;
  /** The construct path of an identity of the app, else what policies write. */
  readonly name: string;
  /** The functions that run with it, by construct path. */
  readonly functions: readonly string[];
}

export function describePrincipal(app: AppModel, principal: Principal): DescribedPrincipal {
  const { identity, requester } = principal;
  return {
    kind: kindOfPrincipal(principal),
    name: identity?.resource ? String(identity.resource) : kindOfPrincipal(principal) === 'everybody' ? 'everybody' : names(app).shown(requester.id),
    functions: identity?.functions.map(String) ?? [],
  };
}
