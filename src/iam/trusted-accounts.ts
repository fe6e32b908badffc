import { narrows } from './anonymous-access';
import { arnOf } from './arn';
import { isForeign } from './foreign-accounts';
import { Condition, Statement } from './statement';
import { AppModel } from '../model/app-model';
import { Value } from '../model/value';
import { all, not, Verdict, verdict } from '../model/verdict';

/** Whether a role trusts all of an account that is neither one of the app nor one of `known`, and nothing tells who of it is meant. */
export function trustsForeigner(app: AppModel, statement: Statement, known: readonly string[]): Verdict {
  return trustsAccount(statement, (account, own) => isForeign(app, account, own, known));
}

/** Whether a role trusts all of an account of the app, so that each policy there which allows to assume roles lets in one more. */
export function trustsOwnAccount(app: AppModel, statement: Statement): Verdict {
  return trustsAccount(statement, (account, own) => not(isForeign(app, account, own, [])));
}

function trustsAccount(statement: Statement, test: (account: Value, own: string | undefined) => Verdict): Verdict {
  const { account: own } = statement.origin.resource.source;
  const trusted = all([statement.allows, statement.admits(({ type, value }) => type === 'AWS' ? all([isWhole(value), test(value, own)]) : 'no')]);
  return trusted === 'no' ? 'no' : all([trusted, not(statement.requires(tellsWho))]);
}

/**
 * Whether a principal is all of an account: its number, or its ARN with `root`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function isWhole(principal: Value): Verdict {
  if (principal.kind === 'reference') return 'no';
  const arn = arnOf(principal);
  if (arn) return arn.resource.includes('${') ? 'unknown' : verdict(arn.resource === 'root');
  return principal.why === 'AWS::AccountId' ? 'yes' : principal.satisfies(({ text = '' }) => /^\d{12}$/.test(text));
}

/**
 * Whether a test of a condition holds for some of an account: those of an organization, those who are named, those who know what was agreed
 * upon, people who signed in with a second factor.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
function tellsWho(condition: Condition): Verdict {
  const { operator, key, values } = condition;
  if (key === 'aws:multifactorauthpresent') return operator === 'Bool' ? values.isTrue : 'no';
  if (key === 'sts:externalid') return operator === 'StringEquals' ? values.isSet : 'no';
  const tag = key.startsWith('aws:principaltag/') && /^String(?:Equals|Like)$/.test(operator);
  return tag ? values.isSet : TELLING.test(key) ? narrows(condition) : 'no';
}

const TELLING = /^aws:(?:principalorg|principalarn$|userid$|username$)/;
