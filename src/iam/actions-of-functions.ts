import { isAdministrative } from './breadth';
import { executionRoles } from './execution-roles';
import { Role, RoleUse } from './role';
import { Statement } from './statement';
import { AppModel } from '../model/app-model';
import { isFrameworkManaged } from '../model/framework';
import { all, any, Verdict } from '../model/verdict';

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
      const granted = concerned(statement, actions).map(action => ({ action, verdict: all([statement.allows, statement.concerns(action)]) }));
      const found = granted.find(({ verdict }) => verdict === 'yes') ?? granted.find(({ verdict }) => verdict === 'unknown');
      yield { statement, use, role, isGranted: any(granted.map(({ verdict }) => verdict)), action: found?.action };
    }
  }
}

const NOTHING: readonly string[] = [];

/** Those actions whose services a statement is about. */
function concerned(statement: Statement, actions: ActionsByService): readonly string[] {
  const { texts, value: { text: only }, negated } = statement.actions;
  const named = only === undefined ? texts : [only];
  if (negated || !named) return [...actions.values()].flat();
  let found = NOTHING;
  for (const text of named) {
    const service = text.slice(0, Math.max(text.indexOf(':'), 0)).toLowerCase();
    if (/[*?]/.test(service) || service === '') return [...actions.values()].flat();
    const wanted = actions.get(service);
    if (wanted && !found.includes(wanted[0])) found = [...found, ...wanted];
  }
  return found;
}
