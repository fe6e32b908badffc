import { Chosen, PolicyPrincipal } from './policy';
import { Union } from './shortest-text';
import { TextTest } from './text-samples';
import { Wildcard } from './wildcard';

/** How a principal reads as a text. Without a colon between the two, the fields of an ARN stay what they are. */
export function principalText({ type, id }: PolicyPrincipal): string {
  return type === '*' ? '*' : `${type} ${id}`;
}

export function principalOf(text: string): PolicyPrincipal {
  const space = text.indexOf(' ');
  return space < 0 ? { type: '*', id: '*' } : { type: text.slice(0, space), id: text.slice(space + 1) };
}

/** Whoever may ask: identities, services, and those who don't say who they are. */
export const PRINCIPALS: readonly Union[] = [
  [Wildcard.arn('AWS arn:?*:iam::?*:?*'), Wildcard.arn('AWS arn:?*:sts::?*:?*')],
  [Wildcard.like('Service ?*'), Wildcard.like('Federated ?*'), Wildcard.like('CanonicalUser ?*')],
  [Wildcard.exactly('*')],
];

/**
 * Whom the element `Principal` or `NotPrincipal` means.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalTest({ named, negated }: Chosen<PolicyPrincipal>): TextTest {
  const everybody = named.some(isEverybody);
  const name = JSON.stringify([negated, ...named.map(principalText).sort()]);
  if (!negated || everybody) {
    const vague = new Map(named.filter(isPattern).map(each => [principalText(each), Wildcard.like(principalText(each))]));
    return { sure: everybody ? [Wildcard.ANYTHING] : named.filter(each => !isPattern(each)).flatMap(meant), vague, negated, mayFail: false, name };
  }
  // Whom it leaves out depends on whether the account is named as well as the identity: of nobody in these accounts it is sure.
  const left = named.flatMap(each => [...meant(each), ...wholeAccount(accountOf(each))]);
  return { sure: [], vague: new Map(left.map((each, at) => [`${name} ${at}`, each])), negated, mayFail: false, name };
}

function isEverybody({ type, id }: PolicyPrincipal): boolean {
  return id === '*' && (type === '*' || type === 'AWS');
}

/** IAM takes no wildcards here; what it would make of one isn't documented. */
function isPattern({ id }: PolicyPrincipal): boolean {
  return /[*?]/.test(id);
}

function meant(principal: PolicyPrincipal): readonly Wildcard[] {
  const { type, id } = principal;
  const [, partition, account, name] = type === 'AWS' ? /^arn:([^:]+):iam::([^:]+):role\/(?:.*\/)?([^/]+)$/.exec(id) ?? [] : [];
  const session = name === undefined ? [] : [Wildcard.arn(`AWS arn:${partition}:sts::${account}:assumed-role/${name}/*`)];
  const isAccount = type === 'AWS' && /^(?:\d{12}|arn:[^:]*:iam::[^:]+:root)$/.test(id);
  return [Wildcard.exactly(principalText(principal)), ...session, ...isAccount ? wholeAccount(accountOf(principal)) : []];
}

function accountOf({ type, id }: PolicyPrincipal): string | undefined {
  return type === 'AWS' ? /^(?:arn:[^:]*:(?:iam|sts)::)?([^:]+)/.exec(id)?.[1] : undefined;
}

function wholeAccount(account: string | undefined): readonly Wildcard[] {
  return account === undefined ? [] : ['iam', 'sts'].map(service => Wildcard.arn(`AWS arn:*:${service}::${account}:*`));
}
