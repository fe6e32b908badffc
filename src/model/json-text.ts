import type { Resource } from './resource';
import { joined } from './text';
import { isMap, Value } from './value';

/**
 * The JSON in a text, such as a policy or a definition that is given as a string, with what only deployment knows still in its place;
 * unknown if it isn't JSON. Other values are given back as they are.
 */
export function jsonOf(value: Value, owner: Resource): Value {
  if (typeof value.literal === 'object') return value;
  if (value.kind === 'either') return Value.either(value.branches.map(branch => jsonOf(branch, owner)), value.why!);
  const parts = value.text === undefined ? value.parts : [value.text];
  if (parts.length === 0) return value;
  const unresolved: Value[] = [];
  const marked = parts.map(part => typeof part === 'string' ? part : `${MARK}${unresolved.push(part) - 1}${MARK}`).join('');
  try {
    return Value.known(restored(JSON.parse(marked), unresolved), owner.scope);
  } catch {
    return Value.unknown(`text that is not JSON: ${value}`);
  }
}

/** Stands around the number of a part in a text; no template has it. */
const MARK = '\uE000';

/** The values put back where their marks are. */
function restored(raw: unknown, unresolved: readonly Value[]): unknown {
  if (unresolved.length === 0) return raw;
  if (typeof raw === 'string') return raw.includes(MARK) ? text(raw, unresolved) : raw;
  if (Array.isArray(raw)) return raw.map(item => restored(item, unresolved));
  if (!isMap(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).map(([key, below]) => [key, restored(below, unresolved)]));
}

function text(raw: string, unresolved: readonly Value[]): Value {
  return joined('', raw.split(MARK).map((piece, index) => index % 2 === 0 ? piece : unresolved[Number(piece)]));
}
