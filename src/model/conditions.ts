import type { Scope } from './scope';
import { isMap, Value } from './value';
import { agreed, all, any, not, Verdict, verdict } from './verdict';

/** Whether a condition expression holds; anything that isn't one is unknown. */
export function holds(expression: unknown, scope: Scope): Verdict {
  return isMap(expression) && scope.directory.deeper(() => decide(expression, scope)) || 'unknown';
}

function decide(expression: Record<string, unknown>, scope: Scope): Verdict {
  const [[name, argument] = ['', undefined]] = Object.entries(expression);
  const operands = Array.isArray(argument) ? argument : [];
  const below = (operand: unknown) => holds(operand, scope);
  switch (name) {
    case 'Condition': return typeof argument === 'string' ? scope.condition(argument) : 'unknown';
    case 'Fn::Equals': return operands.length === 2 ? equal(scope.read(operands[0]), scope.read(operands[1])) : 'unknown';
    case 'Fn::And': return all(operands.map(below));
    case 'Fn::Or': return any(operands.map(below));
    case 'Fn::Not': return not(below(operands[0]));
    default: return 'unknown';
  }
}

function equal(left: Value, right: Value): Verdict {
  const pairs = left.branches.flatMap(one => right.branches.map(other => [one, other] as const));
  return agreed(pairs.map(([one, other]) => {
    const [a, b] = [one, other].map(value => value.kind === 'absent' ? '' : value.text);
    return a === undefined || b === undefined ? 'unknown' : verdict(a === b);
  }));
}
