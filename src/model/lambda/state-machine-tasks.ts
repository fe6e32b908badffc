import { TriggerFact, TriggerReader } from './trigger';
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
      for (const definition of machine.get(property).branches) {
        const references = new References(machine);
        yield* tasks(references.resolve(definition), references, property);
      }
    }
  },
};

/** What a definition names by reference; a mark stands in its place, so that the definition can be parsed. */
class References {
  private readonly values: Value[] = [];

  constructor(private readonly machine: Resource) {}

  /** A definition as parsed JSON; nothing if it isn't JSON, or is kept elsewhere. */
  public resolve(definition: Value): unknown {
    if (isMap(definition.literal)) return this.plain(definition);
    const text = definition.parts.length > 0 ? definition.parts.map(part => typeof part === 'string' ? part : this.mark(part)).join('') : definition.text;
    try {
      return text === undefined ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /** What a text of the definition stands for. */
  public valueOf(text: unknown): Value {
    if (typeof text !== 'string') return Value.ABSENT;
    const marked = /\u27e6(\d+)\u27e7/.exec(text);
    if (marked) return this.values[Number(marked[1])] ?? Value.ABSENT;
    const substituted = /\$\{([\w-]+)\}/.exec(text);
    return substituted ? this.machine.get('DefinitionSubstitutions').get(substituted[1]) : Value.known(text);
  }

  private plain(value: Value, depth = 0): unknown {
    if (depth > DEEPEST) return undefined;
    if (value.kind !== 'known') return this.mark(value);
    if (Array.isArray(value.literal)) return value.items.map(item => this.plain(item, depth + 1));
    return isMap(value.literal) ? Object.fromEntries(value.entries.map(([key, each]) => [key, this.plain(each, depth + 1)])) : value.literal;
  }

  private mark(value: Value): string {
    return `\u27e6${this.values.push(value) - 1}\u27e7`;
  }
}

const DEEPEST = 50;

/** The tasks in a state, a list of them, or what else they are nested in: branches of a map, iterators. */
function* tasks(state: unknown, references: References, property: string, depth = 0): Generator<TriggerFact> {
  if (typeof state !== 'object' || state === null || depth > DEEPEST) return;
  if (isMap(state) && state.Type === 'Task') yield* task(state, references, property);
  else for (const inner of Object.values(state)) yield* tasks(inner, references, property, depth + 1);
}

function* task(state: Record<string, unknown>, references: References, property: string): Generator<TriggerFact> {
  const action = typeof state.Resource === 'string' ? state.Resource : '';
  const given = [state.Parameters, state.Arguments].find(isMap) ?? {};
  const invokes = /:lambda:invoke(\.waitForTaskToken)?$/.test(action);
  const names = references.valueOf(invokes ? given.FunctionName : action);
  if (given.InvocationType === 'Event') yield { service: 'states', names, property, invocation: 'asynchronous' };
  // With a token, the time is for whoever sends it back, not for the function.
  else yield { service: 'states', names, property, ...action.endsWith('.waitForTaskToken') ? {} : timeoutOf(state, references) };
}

function timeoutOf({ TimeoutSeconds: timeout }: Record<string, unknown>, references: References): Pick<TriggerFact, 'wait'> {
  if (timeout === undefined) return {};
  return { wait: { seconds: typeof timeout === 'number' ? Value.known(timeout) : references.valueOf(timeout), then: 'fails the task' } };
}
