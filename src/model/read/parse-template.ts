import { jsonFault } from './json-fault';
import { placeAt, TemplateFault } from './template-fault';
import { readYaml } from './yaml-template';
import { isMap } from '../value';

/** What a file turned out to hold. */
export type ParsedFile =
  | { readonly kind: 'template'; readonly template: Record<string, unknown> }
  /** Well-formed, but no template of CloudFormation. */
  | { readonly kind: 'other' }
  | { readonly kind: 'faulty'; readonly faults: readonly TemplateFault[] };

/** Reads the text of a file as a template, in JSON or YAML. Never throws. */
export function parseTemplate(text: string, file: string): ParsedFile {
  const { content, faults } = parseText(text, file);
  if (faults.length > 0) return { kind: 'faulty', faults };
  return isMap(content) && isMap(content.Resources) ? { kind: 'template', template: content } : { kind: 'other' };
}

/** Reads JSON or YAML, whatever it holds. Never throws. */
export function parseText(text: string, file: string): { readonly content?: unknown; readonly faults: readonly TemplateFault[] } {
  const json = /^\uFEFF?\s*[{[]/.test(text);
  if (!json && !file.endsWith('.json')) return readYaml(text, file);
  if (depthOf(text) > DEEPEST) return { faults: [{ file, message: `nested more than ${DEEPEST} levels deep` }] };
  try {
    return { content: JSON.parse(text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text), faults: [] };
  } catch {
    // Braces are YAML, too, and may hold short tags.
    if (!file.endsWith('.json')) return readYaml(text, file);
    const fault = jsonFault(text.replace(/^\uFEFF/, ' '));
    return { faults: [{ file, ...placeAt(text, fault?.offset ?? 0), message: fault?.message ?? 'not JSON' }] };
  }
}

/** Deeper than CloudFormation accepts, and than any later step may go down by recursion. */
const DEEPEST = 500;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [...'"\\[]{}'].map(character => character.charCodeAt(0));

/** How many lists and maps of a JSON text stand within each other. */
function depthOf(text: string): number {
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

function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
