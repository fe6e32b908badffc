import { arnOf } from './arn';
import { Condition, Statement } from './statement';
import { Value } from '../model/value';
import { all, Verdict } from '../model/verdict';

/** Issuers of tokens for everybody: which claim tells whose a token is, and what a value says that is about somebody. */
const SHARED_ISSUERS: Readonly<Record<string, { readonly claim: string; readonly names: RegExp }>> = {
  'app.terraform.io': { claim: 'sub', names: /^organization:[^*?]/ },
  'cognito-identity.amazonaws.com': { claim: 'aud', names: /^[^*?]/ },
  'gitlab.com': { claim: 'sub', names: /^project_path:[^*?]/ },
  'token.actions.githubusercontent.com': { claim: 'sub', names: /^(?!repo:[*?])[^*?]/ },
};

/** That a role trusts an issuer from which everybody gets tokens. */
export interface SharedFederation {
  /** Which claim tells whose a token is: `token.actions.githubusercontent.com:sub` */
  readonly key: string;
  /** Whether the role asks for it. */
  readonly isScoped: Verdict;
}

/**
 * What a statement of trust says of issuers that are shared by all of their customers.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export function sharedFederations(statement: Statement): readonly SharedFederation[] {
  return statement.principals.flatMap(({ type, value }) => {
    const issuer = type === 'Federated' ? issuerOf(value) : undefined;
    if (issuer === undefined || !Object.hasOwn(SHARED_ISSUERS, issuer)) return [];
    const { claim, names } = SHARED_ISSUERS[issuer];
    const key = `${issuer}:${claim}`;
    return [{ key, isScoped: statement.requires(condition => asksFor(condition, key, names)) }];
  });
}

/** The host of an issuer: what stands for itself, or what a provider of the app or an ARN of one is about. */
function issuerOf(principal: Value): string | undefined {
  const url = principal.target?.get('Url').text ?? /(?:^|oidc-provider\/)([\w.-]+)$/.exec(arnOf(principal)?.resource ?? principal.text ?? '')?.[1];
  return url?.replace(/^https:\/\//, '').replace(/\/$/, '');
}

function asksFor({ operator, key, values }: Condition, wanted: string, names: RegExp): Verdict {
  if (key !== wanted || !/^(?:ForAnyValue:)?String(?:Equals|Like)$/.test(operator)) return 'no';
  return all(values.items.map(each => isBegun(each, names) ? 'yes' : each.satisfies(({ text = '' }) => names.test(text))));
}

/** Whether what is known of a value says already whom it is about. */
function isBegun({ kind, parts: [first] }: Value, names: RegExp): boolean {
  return kind === 'reference' || typeof first === 'string' && names.test(first);
}
