import { entriesAt, JsonEntry } from './json-structure';

/** A map, list or value of a text, and where it begins: with its key if it has one. */
export class LocatedPart {
  private known?: ReadonlyMap<string, LocatedPart>;

  constructor(public readonly offset: number, private readonly parts: () => ReadonlyMap<string, LocatedPart>) {}

  /** What stands under a key or index. */
  public at(key: string): LocatedPart | undefined {
    return (this.known ??= this.parts()).get(key);
  }
}

/** A text without faults, in JSON or YAML, as parts. What nobody asks for is not looked at. */
export function locatedParts(text: string): LocatedPart {
  if (isJson(text)) return jsonPart(text, { start: 0, value: text.search(/\S/) });
  // The parser takes longer to load than most templates to read.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { yamlParts } = require('./yaml-parts') as typeof import('./yaml-parts');
  return yamlParts(text);
}

function isJson(text: string): boolean {
  try {
    return /^\s*[[{]/.test(text) && JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

function jsonPart(text: string, { start, value }: JsonEntry): LocatedPart {
  return new LocatedPart(start, () => new Map([...entriesAt(text, value)].map(([key, entry]) => [key, jsonPart(text, entry)])));
}
