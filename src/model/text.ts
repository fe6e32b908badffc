import type { Scope } from './scope';
import { Part, Value } from './value';

/** Longer texts come from templates that multiply themselves. */
const LONGEST = 2_000_000;
const MOST_PARTS = 20_000;
const MOST_COMBINATIONS = 32;

/** `values` as one text, `separator` between them, as far as they are known. */
export function joined(separator: string, values: readonly Value[]): Value {
  const several = values.find(value => value.kind === 'either');
  if (!several) return text(separator, values);
  const combinations = combine(values);
  return combinations
    ? Value.either(combinations.map(combination => text(separator, combination)), several.why!)
    : Value.unknown(several.why!);
}

/** What stands between the separators of a text; nothing if what only deployment knows of it may hold some. */
export function splitAt(separator: string, value: Value, scope: Scope): Value | undefined {
  if (value.text !== undefined) return Value.known(value.text.split(separator));
  const { parts } = value;
  if (parts.length === 0 || !/^[/:]$/.test(separator) || !parts.every(part => typeof part === 'string' || isName(part))) return undefined;
  const found: Value[][] = [[]];
  for (const part of parts) {
    const [first, ...more] = typeof part === 'string' ? part.split(separator).map(piece => Value.known(piece)) : [part];
    found.at(-1)!.push(first);
    more.forEach(piece => found.push([piece]));
    if (found.length > MOST_PARTS) return undefined;
  }
  return Value.known(found.map(piece => joined('', piece)), scope);
}

/** Whether it holds neither slash nor colon, whatever it turns out to be: the id of an API, or a name of AWS. */
function isName({ why, target, attribute }: Value): boolean {
  if (target) return attribute === 'Ref' && /^AWS::ApiGateway(?:V2)?::(?:Api|RestApi|Stage)$/.test(target.type);
  return why !== undefined && ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix'].includes(why);
}

/** Each choice of one branch of each value; nothing if there are too many. */
function combine(values: readonly Value[]): Value[][] | undefined {
  let combinations: Value[][] = [[]];
  for (const { branches } of values) {
    if (combinations.length * branches.length > MOST_COMBINATIONS) return undefined;
    combinations = combinations.flatMap(combination => branches.map(branch => [...combination, branch]));
  }
  return combinations;
}

function text(separator: string, values: readonly Value[]): Value {
  const parts: Part[] = [];
  let length = 0;
  const add = (part: Part) => {
    if (part === '') return;
    if (typeof part === 'string') length += part.length;
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  };
  values.forEach((value, index) => {
    if (index > 0) add(separator);
    if (value.isKnown) add(value.text ?? Value.unknown(String(value)));
    else if (value.parts.length > 0) value.parts.forEach(add);
    else if (value.kind !== 'absent') add(value);
  });
  if (length > LONGEST || parts.length > MOST_PARTS) return Value.unknown('text of more than two million characters');
  return whole(parts);
}

function whole(parts: readonly Part[]): Value {
  if (parts.length === 0) return Value.known('');
  if (parts.length > 1) return Value.unknown(parts.find(part => typeof part !== 'string')?.toString() ?? '', parts);
  const [only] = parts;
  return typeof only === 'string' ? Value.known(only) : only;
}
