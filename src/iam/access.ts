import { isEverything } from './resource-pattern';
import { Role } from './role';
import { Statement } from './statement';
import { all, any, not, Verdict } from '../model/verdict';

/**
 * Whether statements allow an action, or all that a pattern matches, on some resource and under some conditions. A Deny takes that
 * away only if it holds for all resources and without conditions.
 */
export function mayAllow(statements: readonly Statement[], action: string): Verdict {
  const allowed = any(statements.map(statement => all([statement.allows, statement.concerns(action)])));
  return allowed === 'no' ? 'no' : all([allowed, not(any(statements.map(statement => takesAway(statement, action))))]);
}

/** Whether a role may use an action, or all that a pattern matches, as far as its policies and its boundary are known. */
export function mayUse(role: Role, action: string): Verdict {
  const allowed = mayAllow(role.statements, action);
  const byPolicies = allowed === 'no' && !role.isWhole ? 'unknown' : allowed;
  return all([byPolicies, withinBoundary(role, action)]);
}

/** Whether the boundary of a role, if it has one, leaves an action to it. */
export function withinBoundary({ boundary }: Role, action: string): Verdict {
  if (boundary === undefined) return 'yes';
  return boundary === 'unknown' ? 'unknown' : mayAllow(boundary.statements, action);
}

function takesAway(statement: Statement, action: string): Verdict {
  return all([statement.denies, statement.concerns(action), statement.covers(isEverything), not(statement.isConditional)]);
}
