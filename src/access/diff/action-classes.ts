import { actionsMatching, AwsAction, awsAction } from '../../iam/data/actions';
import { KnownAction, Policy, PolicyStatement } from '../../iam/inclusion/policy';
import { matches, overlap } from '../../iam/pattern';

/** Actions that statements don't tell apart, and that can be about the same resources. */
export interface ActionClass {
  /** One of them, which stands for all. */
  readonly known: KnownAction;
  readonly actions: readonly string[];
}

/** The actions that some statements allow, as far as these and others tell them apart. */
export function actionClasses(granting: Policy, others: Policy): readonly ActionClass[] {
  const patterns = [...new Set([...granting, ...others].flatMap(({ actions }) => actions.named.map(each => each.toLowerCase())))];
  const classes = new Map<string, { known: KnownAction; actions: string[] }>();
  for (const action of actionsOf(granting)) {
    if (!granting.some(statement => mayBeAbout(statement, action))) continue;
    const key = `${patterns.map(pattern => Number(matches(pattern, action.name.toLowerCase()))).join('')} ${action.resources.join()}`;
    const found = classes.get(key);
    if (found) found.actions.push(action.name);
    else classes.set(key, { known: action, actions: [action.name] });
  }
  return [...classes.values()];
}

function actionsOf(granting: Policy): readonly KnownAction[] {
  const allowing = granting.filter(({ effect }) => effect === 'Allow').map(({ actions }) => actions);
  const patterns = new Set(allowing.flatMap(({ named, negated }) => negated ? ['*'] : named));
  return [...new Map([...patterns].flatMap(namedBy).map(action => [action.name.toLowerCase(), action])).values()];
}

/** What a pattern matches; for what AWS is not known to have, one action of that name, or of one that it might have. */
function namedBy(pattern: string): readonly KnownAction[] {
  const known = awsAction(pattern);
  const found = known ? [known] : actionsMatching(pattern);
  if (found.length > 0) return found.map(knownAction);
  const name = pattern.replace(/\*/g, '').replace(/\?/g, 'x');
  return [{ name: name.endsWith(':') ? `${name}Any` : name, resources: ['arn:*:*:*:*:*'] }];
}

function knownAction({ name, resources }: AwsAction): KnownAction {
  return { name, resources: resources.map(({ pattern }) => pattern) };
}

/** Whether an action can be about what a statement is about. */
function mayBeAbout({ effect, resources }: PolicyStatement, action: KnownAction): boolean {
  if (effect === 'Deny') return false;
  if (!resources || resources.negated) return true;
  return resources.named.map(each => each.replace(/\$\{[^}]*\}/g, '*')).some(named =>
    action.resources.length === 0 ? matches(named, '*') : !named.startsWith('arn:') || action.resources.some(type => overlap(type, named)));
}
