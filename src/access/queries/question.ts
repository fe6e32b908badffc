import { Access, answerOf } from './access';
import { AskedResource } from './asked-resource';
import { instancesOf } from './instances';
import { awsAction } from '../../iam/data/actions';
import { decide } from '../../iam/evaluation/decide';
import { EvaluatedRequest } from '../../iam/evaluation/request';
import { overlap } from '../../iam/pattern';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { Principal } from '../principals/principal';

/** What is known of the context of a request beside who asks for what, by key in lower case; undefined for what it surely doesn't have. */
export type Context = Readonly<Record<string, string | undefined>>;

/**
 * Whether a principal may do something with a resource, or with anything that belongs to it: what is allowed of several is, and what may be
 * comes before what isn't.
 */
export function access(app: AppModel, principal: Principal, action: string, asked: AskedResource, context: Context = {}): Access {
  const { identity = [], boundary } = principal.identity?.about(action) ?? {};
  const instances = instancesOf(patternsFor(action, asked), [...identity.flat(), ...asked.policy], names(app).stranger('any'));
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

/** Of what is asked about, what the action can be about: the objects of a bucket, say; of an action that is about no resource, nothing. */
function patternsFor(action: string, { patterns }: AskedResource): readonly string[] {
  const known = awsAction(action);
  if (!known) return patterns;
  if (known.resources.length === 0) return ['*'];
  const fitting = patterns.filter(pattern => known.resources.some(type => overlap(type.pattern, pattern)));
  return fitting.length > 0 ? fitting : patterns;
}

/** Better answers come first. */
function rank({ answer, cases }: Access): number {
  return answer === 'allowed' ? Math.min(cases.length, 1) : answer === 'unknown' ? 2 : 3;
}

/** Who asks is known, and what follows from that; and whoever asks can do so over TLS. */
function requestOf({ requester }: Principal, action: string, resource: string, { account }: AskedResource, context: Context): EvaluatedRequest {
  const given = Object.entries({ 'aws:securetransport': 'true', ...account ? { 'aws:resourceaccount': account } : {}, ...context });
  return {
    principal: requester,
    action,
    resource,
    resourceAccount: account,
    context: {
      known: Object.fromEntries(given.flatMap(([key, value]) => value === undefined ? [] : [[key, value]])),
      absent: new Set(given.flatMap(([key, value]) => value === undefined ? [key] : [])),
    },
  };
}
