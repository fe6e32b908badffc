import { Escalation, escalations } from './escalations';
import { view } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Identity } from '../principals/identity';

/** The escalations of an app by who begins them. */
export const escalationsByIdentity = view(app => {
  const found = new Multimap<Identity, Escalation>();
  for (const each of escalations(app)) found.add(each.from, each);
  return found;
});

/** Whether it takes nothing but assuming roles that let themselves be assumed, as somebody meant them to. */
export function isDelegation({ steps }: Escalation): boolean {
  return steps.every(({ method }) => method.target === 'trusting role');
}

/** The statement by which an escalation begins, and where all of them stand. */
export function statementsOf({ steps }: Escalation) {
  const all = steps.flatMap(({ needs }) => needs.flatMap(({ deciding }) => deciding.flatMap(({ does, statement }) => does === 'allows' && statement?.origin ? [statement.origin] : [])));
  return [...new Set(all)];
}
