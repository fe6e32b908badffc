import { DEEPEST_NESTING } from './nesting';

/**
 * A list or map as JSON; what lies too deep or is too much for a message is left out.
 *
 * @param isText whether something in it is shown by what `String` makes of it
 */
export function rendered(raw: object, isText: (below: object) => boolean): string {
  let text = '';
  const write = (below: unknown, depth: number): void => {
    if (typeof below !== 'object' || below === null) {
      text += JSON.stringify(below) ?? 'null';
    } else if (isText(below)) {
      text += JSON.stringify(String(below));
    } else if (depth > DEEPEST_NESTING) {
      text += LEFT_OUT;
    } else if (Array.isArray(below)) {
      writeAll('[', below, item => write(item, depth + 1), ']');
    } else {
      writeAll('{', sortedKeys(below as Record<string, unknown>), key => {
        text += `${JSON.stringify(key)}:`;
        write((below as Record<string, unknown>)[key], depth + 1);
      }, '}');
    }
  };
  const writeAll = <T>(opening: string, all: readonly T[], one: (each: T) => void, closing: string): void => {
    text += opening;
    for (const [index, each] of all.entries()) {
      if (index > 0) text += ',';
      if (text.length > LONGEST_RENDERED) {
        text += LEFT_OUT;
        break;
      }
      one(each);
    }
    text += closing;
  };
  write(raw, 0);
  return text;
}

const LEFT_OUT = '"..."';
const LONGEST_RENDERED = 100_000;

/** The same for the same content, whatever order a template has it in, so that findings don't depend on it. */
export function sortedKeys(map: Record<string, unknown>): string[] {
  const keys = Object.keys(map);
  return keys.length < 2 ? keys : keys.sort();
}
