import { isAdministrative } from './breadth';
import { executionRoles } from './execution-roles';
import { Role, RoleUse } from './role';
import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { isFrameworkManaged } from '../model/framework';
import { all, Verdict } from '../model/verdict';

/** Actions by service: of most statements it is soon seen that they are about other services. */
export type ActionsByService = ReadonlyMap<string, readonly string[]>;

/** A statement in the role of a function, and what it allows of some actions. */
export interface FunctionStatement {
  readonly statement: Statement;
  /** The function, or one of those that have the role. */
  readonly use: RoleUse;
  readonly role: Role;
  /** Whether it allows one of them. */
  readonly isGranted: Verdict;
  /** One that it allows, or may allow. */
  readonly action?: string;
}

/** Actions by service, each list beginning with the service: `['logs', 'DeleteLogGroup']`. */
export function actionsByService(...services: readonly (readonly [service: string, ...names: string[]])[]): ActionsByService {
  return new Map(services.map(([service, ...names]) => [service, names.map(name => `${service}:${name}`)]));
}

/**
 * What the roles of functions allow of some actions, statement by statement. Functions that the CDK made for its own work are left out, and
 * so are statements that allow everything, of which there is more to say.
 */
export function* functionStatements(app: AppModel, actions: ActionsByService): Generator<FunctionStatement> {
  for (const role of executionRoles(app)) {
    const [use] = role.functions;
    if (isFrameworkManaged(use.fn)) continue;
    for (const statement of role.written) {
      if (statement.allows === 'no' || isAdministrative(statement) === 'yes') continue;
      const { texts, negated } = statement.actions;
      if (negated || !texts) {
        yield { statement, use, role, ...granted(statement, [...actions.values()].flat()) };
        continue;
      }
      const action = texts.once(actions, named => ofServices(named, actions).find(each => texts.cover(each.toLowerCase())));
      yield { statement, use, role, isGranted: action === undefined ? 'no' : statement.allows, action };
    }
  }
}

/** Whether a statement allows one of some actions, and which. */
function granted(statement: Statement, actions: readonly string[]): Pick<FunctionStatement, 'isGranted' | 'action'> {
  let found: string | undefined;
  for (const action of actions) {
    const verdict = all([statement.allows, statement.concerns(action)]);
    if (verdict === 'yes') return { isGranted: 'yes', action };
    if (verdict === 'unknown') found ??= action;
  }
  return { isGranted: found === undefined ? 'no' : 'unknown', action: found };
}

/** Those actions whose services are named. */
function ofServices(named: readonly string[], actions: ActionsByService): readonly string[] {
  const services = new Set(named.map(text => text.slice(0, Math.max(text.indexOf(':'), 0)).toLowerCase()));
  if ([...services].some(service => service === '' || /[*?]/.test(service))) return [...actions.values()].flat();
  return [...services].flatMap(service => actions.get(service) ?? []);
}
