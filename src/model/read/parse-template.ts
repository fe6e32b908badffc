import { jsonFault } from './json-fault';
import { depthOf } from './json-structure';
import { placeAt, TemplateFault } from './template-fault';
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

/** The parser takes longer to load than most templates to read: those in JSON go without. */
function readYaml(text: string, file: string) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('./yaml-template') as typeof import('./yaml-template')).readYaml(text, file);
}

/** Deeper than CloudFormation accepts, and than any later step may go down by recursion. */
const DEEPEST = 500;
