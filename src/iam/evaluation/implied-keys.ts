import { EvaluatedRequest, RequestContext, Requester } from './request';
import { accountOf, kindOf } from './requester';

/**
 * A request with the keys that follow from who asks, unless it says otherwise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function withImpliedKeys(request: EvaluatedRequest): EvaluatedRequest {
  const { context } = request;
  const known: Record<string, string | readonly string[]> = {};
  const absent: string[] = [];
  for (const [key, value] of Object.entries(impliedBy(request.principal))) {
    if (value === ABSENT) absent.push(key);
    else if (value !== undefined) known[key] = value;
  }
  return { ...request, context: { known: { ...known, ...context.known }, absent: together(context, absent) } };
}

const ABSENT = Symbol('absent');
type Implied = string | typeof ABSENT | undefined;

function impliedBy(principal: Requester): Readonly<Record<string, Implied>> {
  const { id } = principal;
  const kind = kindOf(principal);
  const isIdentity = ['root', 'user', 'role', 'session', 'federated-user'].includes(kind);
  const ofService = kind === 'service' ? undefined : ABSENT;
  if (kind === 'other') return {};
  return {
    // What services have for these isn't documented.
    'aws:principalarn': isIdentity ? principalArn(principal) : kind === 'service' ? undefined : ABSENT,
    'aws:principalaccount': isIdentity ? accountOf(principal) : undefined,
    'aws:principalisawsservice': kind === 'anybody' ? ABSENT : String(kind === 'service'),
    'aws:principalservicename': kind === 'service' ? id : ABSENT,
    'aws:username': kind === 'user' ? /[^/:]+$/.exec(id)?.[0] : ABSENT,
    // On whose behalf somebody asks, services say.
    'aws:sourcearn': ofService,
    'aws:sourceaccount': ofService,
    'aws:sourceorgid': ofService,
    'aws:sourceorgpaths': ofService,
  };
}

/** Of a session, the ARN of its role. */
function principalArn(principal: Requester): string | undefined {
  return kindOf(principal) === 'session' ? principal.role : principal.id;
}

function together({ absent }: RequestContext, more: readonly string[]): RequestContext['absent'] {
  return absent === 'others' ? absent : new Set([...absent, ...more]);
}
