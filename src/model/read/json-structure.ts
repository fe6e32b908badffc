const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [...'"\\,[]{}'].map(character => character.charCodeAt(0));

/** How many lists and maps of a JSON text stand within each other. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_MAP || code === OPEN_LIST) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_MAP || code === CLOSE_LIST) depth--;
    else if (code === QUOTE) at = closingQuote(text, at);
  }
  return deepest;
}

/** Where an entry of a map or list begins, and where its value does; in lists, both are one. */
export interface JsonEntry {
  readonly start: number;
  readonly value: number;
}

/** The entries of the map or list that opens at an offset of a JSON text without faults, by key or index; none of anything else. */
export function entriesAt(text: string, opening: number): Map<string, JsonEntry> {
  const entries = new Map<string, JsonEntry>();
  const code = text.charCodeAt(opening);
  if (code !== OPEN_MAP && code !== OPEN_LIST) return entries;
  for (let start = afterSpace(text, opening + 1); !closes(text, start);) {
    let name = String(entries.size);
    let value = start;
    if (code === OPEN_MAP) {
      const end = closingQuote(text, start) + 1;
      name = JSON.parse(text.slice(start, end)) as string;
      value = afterSpace(text, text.indexOf(':', end) + 1);
    }
    entries.set(name, { start, value });
    start = afterSpace(text, endOfValue(text, value));
    if (text.charCodeAt(start) === COMMA) start = afterSpace(text, start + 1);
  }
  return entries;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at);
    else if (code === OPEN_MAP || code === OPEN_LIST) depth++;
    else if (code === CLOSE_MAP || code === CLOSE_LIST) depth--;
    // A number or word ends where what it stands in goes on or ends.
    if (depth < 0 || depth === 0 && code === COMMA) return at;
    if (depth === 0 && (code === QUOTE || code === CLOSE_MAP || code === CLOSE_LIST)) return at + 1;
  }
  return text.length;
}

function closes(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === CLOSE_MAP || code === CLOSE_LIST;
}

function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function afterSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= SPACE) at++;
  return at;
}

const SPACE = 32;
