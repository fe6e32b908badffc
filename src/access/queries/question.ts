import { Access, answerOf } from './access';
import { AskedResource } from './asked-resource';
import { decideUrl, permissionsFor } from './function-urls';
import { instancesOf } from './instances';
import { awsAction } from '../../iam/data/actions';
import { decide } from '../../iam/evaluation/decide';
import { GivenPolicy, unknownPolicy } from '../../iam/evaluation/policies';
import { EvaluatedRequest, RequesterKind } from '../../iam/evaluation/request';
import { kindOf } from '../../iam/evaluation/requester';
import { overlap } from '../../iam/pattern';
import { Statement } from '../../iam/statement';
import { AppModel } from '../../model/app-model';
import { names } from '../names/names';
import { organizationPolicies } from '../policies/organization-policies';
import { IdentityPolicies } from '../principals/identity';
import { Principal } from '../principals/principal';

/** What is known of the context of a request beside who asks for what, by key in lower case; undefined for what it surely doesn't have. */
export type Context = Readonly<Record<string, string | undefined>>;

/**
 * Whether a principal may do something with a resource, or with anything that belongs to it: what is allowed of several is, and what may be
 * comes before what isn't.
 */
export function access(app: AppModel, principal: Principal, action: string, asked: AskedResource, context: Context = {}): Access {
  const actions = permissionsFor(action);
  const { identity, boundary } = policiesOf(principal, actions);
  const organization = organizationPolicies(app);
  const policies = { identity, boundary, resource: asked.policy, ...organization.on(actions, principal.requester, asked.account) };
  const known = [...identity.flat(), ...asked.policy, ...organization.about(actions)];
  let best: Access | undefined;
  for (const resource of instancesOf(patternsFor(action, asked), known, names(app).stranger('any'))) {
    const request = requestOf(principal, action, resource, asked, context);
    const decision = actions.length > 1 ? decideUrl(app, request, policies) : decide(request, policies);
    const found = { principal, action, resource, ...answerOf(decision), deciding: decision.deciding };
    if (!best || rank(found) < rank(best)) best = found;
    if (rank(best) === 0) break;
  }
  return best!;
}

/** What users and roles may be allowed that the app doesn't know. */
const OF_OTHERS: GivenPolicy<Statement> = unknownPolicy<Statement>().filter(({ effect }) => effect === 'Allow');
const IDENTITIES: readonly RequesterKind[] = ['user', 'role', 'session', 'federated-user'];

function policiesOf({ requester, identity }: Principal, actions: readonly string[]): IdentityPolicies {
  return identity?.about(...actions) ?? { identity: IDENTITIES.includes(kindOf(requester)) ? [OF_OTHERS] : [] };
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
  const given = Object.entries({
    'aws:securetransport': 'true', ...account ? { 'aws:resourceaccount': account } : {}, ...regionOf(resource), ...context,
  });
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

/** What is in a region is asked for there. */
function regionOf(resource: string): Context {
  const region = resource.split(':')[3] ?? '';
  return /^[a-z0-9-]+$/.test(region) ? { 'aws:requestedregion': region } : {};
}
