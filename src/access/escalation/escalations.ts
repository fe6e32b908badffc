import { anyMethodWith, dangerousActions } from './dangerous-actions';
import { EscalationSearch, EscalationStep } from './escalation-search';
import { exceeds, isAdministrator } from './exceeds';
import { Gained } from './gained';
import { assumableRoles } from './trust';
import { AppModel, view } from '../../model/app-model';
import { identities } from '../principals/identities';
import { Identity } from '../principals/identity';

/** How an identity comes to more rights than it was given. */
export interface Escalation {
  readonly from: Identity;
  readonly gained: Gained;
  /** In the order in which they are taken. */
  readonly steps: readonly EscalationStep[];
  /** Whether it surely works: all that it takes is allowed without conditions, and what is gained is more than there was. */
  readonly isSure: boolean;
}

/** All escalations of an app, the worst of each identity first. */
export const escalations = view((app): readonly Escalation[] => identities(app).all.flatMap(identity => escalationsOf(app, identity)));

/** What is gained in the end: everything, or what somebody else has. */
const ORDER: readonly Gained['kind'][] = ['everything', 'unbounded', 'elsewhere', 'identity'];

/** Those of one identity. */
export function escalationsOf(app: AppModel, from: Identity): readonly Escalation[] {
  if (!anyMethodWith(dangerousActions(from)) && assumableRoles(app).length === 0 || isAdministrator(from)) return [];
  const found = new EscalationSearch(app, from).found.flatMap(({ gained, steps, isSure }) => {
    const isMore = exceeds(app, gained, from);
    return isMore === 'no' ? [] : [{ from, gained, steps, isSure: isSure && isMore === 'yes' }];
  });
  return found.sort((one, other) => ORDER.indexOf(one.gained.kind) - ORDER.indexOf(other.gained.kind) || one.steps.length - other.steps.length);
}
