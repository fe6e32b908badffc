/** What keeps a text from being JSON. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/** What may come next in a JSON text. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'more' | 'nothing';

/**
 * The first fault of a JSON text. `JSON.parse` is faster, but doesn't tell the place of each fault in each version of Node;
 * this is for the texts that it refused.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = skip(text, at, SPACE);
    if (at === text.length) return expected === 'nothing' ? undefined : { offset: at, message: `the text ends, expected ${wording(expected, open)}` };
    const character = text[at];
    const next = step(expected, character, open);
    if (!next) return { offset: at, message: `\`${character}\` is unexpected, expected ${wording(expected, open)}` };
    const end = tokenEnd(text, at);
    if (typeof end !== 'number') return end;
    at = end;
    expected = next;
  }
}

const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may follow a token that begins with `character`; nothing if it may not stand here. */
function step(expected: Expected, character: string, open: ('{' | '[')[]): Expected | undefined {
  const after = () => open.length > 0 ? 'more' : 'nothing';
  switch (character) {
    case '{': case '[':
      if (!expected.startsWith('value')) return undefined;
      open.push(character);
      return character === '{' ? 'key or }' : 'value or ]';
    case '}': case ']':
      if (expected !== 'more' && !expected.endsWith(character)) return undefined;
      if (open.at(-1) !== (character === '}' ? '{' : '[')) return undefined;
      open.pop();
      return after();
    case ':': return expected === ':' ? 'value' : undefined;
    case ',': return expected !== 'more' ? undefined : open.at(-1) === '{' ? 'key' : 'value';
    case '"': return expected.startsWith('key') ? ':' : expected.startsWith('value') ? after() : undefined;
    default: return expected.startsWith('value') && /[-0-9tfn]/.test(character) ? after() : undefined;
  }
}

function tokenEnd(text: string, start: number): number | JsonFault {
  if ('{}[]:,'.includes(text[start])) return start + 1;
  if (text[start] !== '"') {
    const end = skip(text, start, WORD);
    return end > start ? end : { offset: start, message: 'unknown word, expected `true`, `false`, `null`, a number or a text in quotes' };
  }
  let at = start + 1;
  for (;;) {
    at = skip(text, at, PLAIN);
    if (text[at] === '"') return at + 1;
    if (at === text.length) return { offset: start, message: 'the text in quotes has no end' };
    const end = skip(text, at, ESCAPE);
    if (end === at) return { offset: at, message: text[at] === '\\' ? 'unknown escape in a text in quotes' : 'control character in a text in quotes' };
    at = end;
  }
}

function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function wording(expected: Expected, open: readonly string[]): string {
  switch (expected) {
    case 'value': return 'a value';
    case 'value or ]': return 'a value or `]`';
    case 'key': return 'a key in quotes';
    case 'key or }': return 'a key in quotes or `}`';
    case ':': return '`:`';
    case 'more': return open.at(-1) === '{' ? '`,` or `}`' : '`,` or `]`';
    case 'nothing': return 'the end of the text';
  }
}
