import { TriggerFact, TriggerReader } from './trigger';
import { jsonOf } from '../json-text';
import { Resource } from '../resource';
import { isMap, Value } from '../value';

/**
 * The tasks of state machines that invoke functions, from a definition in the template: a text or a map, with substitutions or
 * without.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export const STATE_MACHINE_TRIGGERS: Record<string, TriggerReader> = {
  *'AWS::StepFunctions::StateMachine'(machine) {
    for (const property of ['DefinitionString', 'Definition']) {
      for (const definition of jsonOf(machine.get(property), machine).branches) yield* tasks(definition, machine, property);
    }
  },
};

const DEEPEST = 50;

/** The tasks in a state, a list of them, or what else they are nested in: branches of a map, iterators. */
function* tasks(state: Value, machine: Resource, property: string, depth = 0): Generator<TriggerFact> {
  if (depth > DEEPEST) return;
  if (Array.isArray(state.literal)) for (const item of state.items) yield* tasks(item, machine, property, depth + 1);
  else if (state.get('Type').text === 'Task') yield* task(state, machine, property);
  else if (isMap(state.literal)) for (const [, inner] of state.entries) yield* tasks(inner, machine, property, depth + 1);
}

function* task(state: Value, machine: Resource, property: string): Generator<TriggerFact> {
  const action = state.get('Resource');
  const given = state.get(state.get('Arguments').kind === 'absent' ? 'Parameters' : 'Arguments');
  const invokes = /:lambda:invoke(\.waitForTaskToken)?$/.exec(String(action));
  const names = substituted(invokes ? given.get('FunctionName') : action, machine);
  if (given.get('InvocationType').text === 'Event') {
    yield { service: 'states', names, property, invocation: 'asynchronous' };
    return;
  }
  // With a token, the time is for whoever sends it back, not for the function.
  const timeout = invokes?.[1] ? Value.ABSENT : substituted(state.get('TimeoutSeconds'), machine);
  yield { service: 'states', names, property, ...timeout.kind === 'absent' ? {} : { wait: { seconds: timeout, then: 'fails the task' } } };
}

/** What stands in a definition, or what the machine puts in its place. */
function substituted(value: Value, machine: Resource): Value {
  const name = /\$\{([\w-]+)\}/.exec(value.text ?? '')?.[1];
  return name === undefined ? value : machine.get('DefinitionSubstitutions').get(name);
}
