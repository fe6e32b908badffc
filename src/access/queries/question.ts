import { Access, answerOf } from './access';
import { AskedResource } from './asked-resource';
import { instancesOf } from './instances';
import { decide } from '../../iam/evaluation/decide';
import { EvaluatedRequest } from '../../iam/evaluation/request';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { Principal } from '../principals/principal';

/** What is known of the context of a request beside who asks for what. */
export type Context = Readonly<Record<string, string>>;

/**
 * Whether a principal may do something with a resource, or with anything that belongs to it: what is allowed of several is, and what may be
 * comes before what isn't.
 */
export function access(app: AppModel, principal: Principal, action: string, asked: AskedResource, context: Context = {}): Access {
  const { identity = [], boundary } = principal.identity?.policies ?? {};
  const instances = instancesOf(asked.patterns, [...identity.flat(), ...asked.policy], names(app).stranger('any'));
  let best: Access | undefined;
  for (const resource of instances) {
    const request = requestOf(principal, action, resource, asked, context);
    const decision = decide(request, { identity, boundary, resource: asked.policy });
    const found = { principal, action, resource, ...answerOf(decision), deciding: decision.deciding };
    if (!best || rank(found) < rank(best)) best = found;
    if (rank(best) === 0) break;
  }
  return best!;
}

/** Better answers come first. */
function rank({ answer, cases }: Access): number {
  return answer === 'allowed' ? Math.min(cases.length, 1) : answer === 'unknown' ? 2 : 3;
}

function requestOf({ requester }: Principal, action: string, resource: string, { account }: AskedResource, context: Context): EvaluatedRequest {
  const isService = requester.type === 'Service';
  const isIdentity = requester.type === 'AWS';
  const owner = isIdentity ? requester.id.split(':')[4] : undefined;
  return {
    principal: requester,
    action,
    resource,
    resourceAccount: account,
    context: {
      known: {
        // Whoever asks can do so over TLS.
        'aws:securetransport': 'true',
        'aws:principalisawsservice': String(isService),
        ...isService ? { 'aws:principalservicename': requester.id } : {},
        ...isIdentity ? { 'aws:principalarn': requester.id } : {},
        ...owner ? { 'aws:principalaccount': owner } : {},
        ...account ? { 'aws:resourceaccount': account } : {},
        ...context,
      },
      // Only services say on whose behalf they ask.
      absent: new Set(isIdentity ? ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:principalservicename'] : []),
    },
  };
}
