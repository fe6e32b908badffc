import { PolicyPrincipal } from '../inclusion/policy';

/** One request, as far as it is known before it is made. */
export interface EvaluatedRequest {
  readonly principal: Requester;
  /** `sqs:SendMessage` */
  readonly action: string;
  /** The ARN; `*` of actions that are about no resource. */
  readonly resource: string;
  /** The account that owns the resource; undefined if nobody knows. */
  readonly resourceAccount?: string;
  readonly context: RequestContext;
}

/** Who asks. Of an identity in IAM, `id` is its ARN: that of a role stands for any session of it. Everybody who doesn't say is `*`. */
export interface Requester extends PolicyPrincipal {
  /** The account to which it belongs; none of services and of those who don't say who they are. Left out, the one in its ARN. */
  readonly account?: string;
  /** What it is. Left out, what its ARN says. */
  readonly kind?: RequesterKind;
  /** Of a session, the ARN of its role, whose path the ARN of the session doesn't tell. */
  readonly role?: string;
}

export type RequesterKind = 'root' | 'user' | 'role' | 'session' | 'federated-user' | 'service' | 'anybody' | 'other';

/** The keys of a request that policies may ask for. */
export interface RequestContext {
  /** By key in lower case. */
  readonly known: Readonly<Record<string, string | readonly string[]>>;
  /** Keys in lower case that the request doesn't have; `others` if it has none but those that are known. Of all the rest nobody knows. */
  readonly absent: ReadonlySet<string> | 'others';
}

/** The value of a key, `absent`, or undefined if nobody knows. */
export function contextValue({ known, absent }: RequestContext, key: string): string | readonly string[] | 'absent' | undefined {
  const name = key.toLowerCase();
  if (Object.hasOwn(known, name)) return known[name];
  return absent === 'others' || absent.has(name) ? 'absent' : undefined;
}
