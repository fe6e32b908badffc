import { takesResources } from './actions-on-resources';
import { covers } from './pattern';
import { isEverything, isUnnamed } from './resource-pattern';
import { anyOf, text } from './selection';
import { Condition, Statement } from './statement';
import { all, any, not, Verdict, verdict } from '../model/verdict';

/** Actions whose owner can give himself any other right: all of them, or all of IAM. `NotAction` on everything comes to the same. */
export function isAdministrative(statement: Statement): Verdict {
  return statement.isAdministrative ??= allowsAll(statement);
}

function allowsAll(statement: Statement): Verdict {
  const { negated, isGiven, texts } = statement.actions;
  // Most statements name actions, and are soon known by them.
  if (texts && !negated && !texts.once(allowsAll, includeAll)) return 'no';
  const everywhere = all([statement.allows, statement.covers(isEverything)]);
  if (everywhere === 'no') return 'no';
  const actions = negated && isGiven ? 'yes' : any([statement.concerns('*'), statement.concerns('iam:*')]);
  return all([everywhere, actions]);
}

function includeAll(actions: readonly string[]): boolean {
  return actions.some(action => covers(action.toLowerCase(), 'iam:*'));
}

/**
 * Whether a statement allows actions by a wildcard that says little about them: all of a service, or all that begin with one word, such as
 * `s3:*`, `s3:*Object` and `s3:Put*`. Of two words and more, as in the `s3:DeleteObject*` of grants, a reader knows what is meant.
 *
 * @param harmless the words that may stand alone
 */
function isBroad(action: string, harmless: readonly string[]): boolean {
  if (!/[*?]/.test(action)) return false;
  const [named] = action.slice(action.indexOf(':') + 1).split(/[*?]/);
  return named.split(/(?=[A-Z])/).filter(word => word.length > 1).length < 2
    && !harmless.some(word => named.toLowerCase().startsWith(word.toLowerCase()));
}

/** Whether a statement allows something by a broad wildcard, or by leaving out what it doesn't allow. */
export function allowsBroadly(statement: Statement, harmless: readonly string[]): Verdict {
  const { actions: { negated, texts, value } } = statement;
  if (negated) return statement.allows;
  const broad = (action: string) => isBroad(action, harmless);
  return all([statement.allows, texts ? verdict(texts.once(harmless, named => named.some(broad))) : anyOf(value, each => text(each, broad))]);
}

/** Whether a statement allows actions on all resources, or all of a type, that could be limited to some. */
export function allowsAnyResource(statement: Statement): Verdict {
  const { negated: allBut, value: actions } = statement.actions;
  const { negated: elsewhere, isGiven } = statement.resources;
  const unnamed = !isGiven ? 'no' : elsewhere ? 'yes' : statement.covers(isUnnamed);
  if (unnamed === 'no') return 'no';
  return all([
    statement.allows,
    unnamed,
    allBut ? 'yes' : anyOf(actions, takesResources),
    not(statement.requires(namesResource)),
  ]);
}

/** Tests on the resource itself, which narrow `*` down as names would. */
function namesResource({ operator, key }: Condition): Verdict {
  const onResource = /(?:^|:)resourcetag\/|^kms:(?:encryptioncontext:|resourcealiases|requestalias)|^cloudwatch:namespace$/.test(key);
  return onResource && /^(?:ForAnyValue:)?(?:String|Arn)(?:Equals|Like)$/.test(operator) ? 'yes' : 'no';
}
