import { DEEPEST_NESTING } from './nesting';
import type { Scope } from './scope';
import { joined } from './text';
import { isMap, Value } from './value';

/** What `Fn::ToJsonString` gives: a text, with what only deployment knows still in its place. */
export function jsonString(argument: unknown, scope: Scope): Value {
  const pieces: Value[] = [];
  write(Value.known(argument, scope), pieces, 0);
  return joined('', pieces);
}

function write(value: Value, pieces: Value[], depth: number): void {
  const add = (text: string) => pieces.push(Value.known(text));
  const { literal } = value;
  if (depth > DEEPEST_NESTING || literal === undefined) {
    pieces.push(value);
  } else if (Array.isArray(literal)) {
    value.items.forEach((item, index) => {
      add(index === 0 ? '[' : ',');
      writeElement(item, pieces, depth);
    });
    add(value.items.length === 0 ? '[]' : ']');
  } else if (isMap(literal)) {
    const entries = value.entries.filter(([, below]) => below.kind !== 'absent');
    entries.forEach(([key, below], index) => {
      add(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
      writeElement(below, pieces, depth);
    });
    add(entries.length === 0 ? '{}' : '}');
  } else {
    add(JSON.stringify(literal));
  }
}

/** What isn't known is a text in all likelihood, and stands in quotes. */
function writeElement(value: Value, pieces: Value[], depth: number): void {
  if (value.isKnown) write(value, pieces, depth + 1);
  else pieces.push(Value.known('"'), value, Value.known('"'));
}
