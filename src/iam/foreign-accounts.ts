import { narrows } from './anonymous-access';
import { arnOf } from './arn';
import { accountOf } from './principal';
import { ownersOf, resourceStatements } from './resource-policies';
import { Condition, Statement } from './statement';
import { AppModel, view } from '../model/app-model';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { all, not, Verdict } from '../model/verdict';

/** What is to be said of a statement of a policy on a resource, by the accounts that it names. */
export interface AccountGrant {
  readonly resource: Resource;
  readonly property: string;
  /** Whether all of them are of the app, known, or in an organization that is asked for. */
  readonly holds: Verdict;
  readonly message: () => string;
  /** What the policy belongs to, unless it stands in it. */
  readonly reasons: () => readonly { readonly resource: Resource; readonly text: string }[];
}

/**
 * What the policies of some types allow, apart from accounts that are `known`.
 *
 * @param organization where such a policy can ask for one
 */
export function* accountGrants(
  app: AppModel, types: readonly string[], known: readonly string[], organization = 'a condition on `aws:PrincipalOrgID`',
): Iterable<AccountGrant> {
  for (const resource of app.ofType(...types)) {
    for (const statement of resourceStatements(app).get(resource) ?? []) {
      yield {
        resource,
        property: statement.at('Principal'),
        holds: not(admitsForeigner(app, statement, known)),
        message: () => `${statement} is granted to ${accountsIn(statement)}, expected accounts in \`knownAccounts\` or ${organization}`,
        reasons: () => ownersOf(resource).filter(owner => owner !== resource).map(owner => ({ resource: owner, text: `this is a policy of ${owner}` })),
      };
    }
  }
}

/** Whether a statement allows something to an account that is neither one of the app nor one of `known`. Everybody is no account. */
function admitsForeigner(app: AppModel, statement: Statement, known: readonly string[]): Verdict {
  const { account } = statement.origin.resource.source;
  const foreign = all([statement.allows, statement.admits(({ type, value }) => type === 'AWS' ? isForeign(app, value, account, known) : 'no')]);
  return foreign === 'no' ? 'no' : all([foreign, not(statement.requires(ofOrganization))]);
}

/** The principals of a statement that are accounts, or in one. */
export function accountsIn(statement: Statement): string {
  return statement.principals.filter(({ type }) => type === 'AWS').map(({ value }) => `\`${value}\``).join(', ');
}

/**
 * Whether a principal is in an account that is neither one of the app nor one of `known`.
 *
 * @param own the account of the stack in which that stands
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function isForeign(app: AppModel, principal: Value, own: string | undefined, known: readonly string[]): Verdict {
  if (principal.kind === 'reference' || isOfStack(principal) || principal.text === '*') return 'no';
  const account = accountOf(principal) ?? arnOf(principal)?.account;
  if (account === undefined) return principal.isKnown ? 'no' : 'unknown';
  // What AWS has of its own, such as `cloudfront`, has no number.
  if (!/^\d{12}$/.test(account) || accountsOf(app).has(account) || known.includes(account)) return 'no';
  return own === undefined ? 'unknown' : 'yes';
}

/** The accounts that the app is deployed to, as far as it says. */
const accountsOf = view(app => new Set(app.scopes.map(({ source }) => source.account)));

function ofOrganization(condition: Condition): Verdict {
  return condition.key.startsWith('aws:principalorg') ? narrows(condition) : 'no';
}

/** Whether it is the account of the stack, whichever that will be. */
function isOfStack(principal: Value): boolean {
  return [principal, ...principal.parts].some(part => typeof part !== 'string' && part.why === 'AWS::AccountId');
}
