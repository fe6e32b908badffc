import { visible } from './reported';

const LONGEST_FIELD = 600;

/** Text in which nothing is Markdown but code in backticks, as messages have it; whatever stands in them, no tag, link or mention. */
export function prose(text: string): string {
  return clipped(text).split('`').map((part, index) => index % 2 === 0 ? escaped(part) : part === '' ? '' : code(part)).join('');
}

function escaped(text: string): string {
  return withoutLinks(oneLine(text))
    .replace(/[\\*_[\]()#!|<>~&=$]/g, '\\$&')
    // At the beginning of a line, these make lists.
    .replace(/^(\s*\d*)([-+.])/, '$1\\$2');
}

export function code(text: string): string {
  const line = oneLine(clipped(text));
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** Inside of tags that GitHub leaves alone. */
export function htmlText(text: string): string {
  return withoutLinks(oneLine(clipped(text))).replace(/[&<>"'`*_[\]\\~]/g, character => `&#${character.charCodeAt(0)};`);
}

/** GitHub makes links and mentions of these wherever they stand. */
function withoutLinks(text: string): string {
  return text.replace(/@|:(?=\/\/)|www(?=\.)/gi, '$&\u200b');
}

function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}

function clipped(text: string): string {
  return text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}...` : text;
}
