import { AccessEdge } from './access-edge';
import { accessGraph } from './access-graph';
import { mayDoAny } from './grants';
import { nodeOf } from './nodes';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { Identity } from '../principals/identity';
import { namedPrincipals } from '../principals/named-principals';
import { kindOfPrincipal } from '../principals/principal';
import { askedResource } from '../queries/asked-resource';

/** Somebody who may do something with a resource. */
export interface User {
  readonly name: string;
  readonly identity?: Identity;
  readonly answer: AccessEdge['answer'];
  readonly actions: readonly string[];
  readonly reasons: readonly string[];
}

/** Everybody who may do anything with a resource: identities, those whom its policy names, and everybody on the internet. */
export function usersOf(app: AppModel, resource: Resource): readonly User[] {
  const node = nodeOf(app, resource);
  const { policy, account = '' } = askedResource(app, resource);
  const edges = accessGraph(app).into(node).filter(({ kind }) => kind === 'may' || kind === 'calls');
  const services = namedPrincipals(app, policy, account).filter(principal => kindOfPrincipal(principal) === 'service').flatMap((principal): User[] => {
    const { requester: { id } } = principal;
    const naming = policy.filter(({ effect, principals }) => effect === 'Allow' && principals?.named.some(each => each.id === id));
    const actions = [...new Set(naming.flatMap(({ actions: { named } }) => named))].filter(pattern => mayDoAny(app, principal, pattern, resource));
    return actions.length === 0 ? [] : [{ name: id, answer: 'allowed', actions, reasons: naming.flatMap(({ origin }) => origin ? [`${origin.origin.resource} ${origin.at('Principal')}: ${origin}`] : []) }];
  });
  return [...edges.map(({ from, answer, actions, reasons }): User => ({
    name: from.name,
    identity: from.identity,
    answer,
    actions,
    reasons: reasons.map(({ resource: place, property, text }) => `${[place, property].filter(Boolean).join(' ')}: ${text}`),
  })), ...services];
}
