import { Alias, Document, isAlias, isMap, isScalar, isSeq, LineCounter, Node, parseDocument, Scalar, ScalarTag, YAMLMap } from 'yaml';
import { TemplateFault } from './template-fault';

/** What a YAML text holds, or why it can't be read. */
export interface YamlContent {
  readonly content?: unknown;
  readonly faults: readonly TemplateFault[];
}

/**
 * Reads YAML as CloudFormation does: short tags become functions, `yes` and `on` are booleans, dates stay text. Merge keys and
 * aliases are resolved, since `sam` and `aws cloudformation package` resolve them before they deploy.
 */
export function readYaml(text: string, file: string): YamlContent {
  const lines = new LineCounter();
  const fault = (offset: number, message: string): TemplateFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, message };
  };
  const document = parsed(text, lines);
  if (!document) return { faults: [{ file, message: TOO_DEEP }] };
  if (document.errors.length > 0) {
    // What follows a syntax error is mostly its consequence.
    const first = document.errors.findIndex(({ code }) => code !== 'DUPLICATE_KEY');
    const own = document.errors.slice(0, Math.min(first === -1 ? MOST_FAULTS : first + 1, MOST_FAULTS));
    return { faults: own.map(({ pos, code, message }) => fault(pos[0], MESSAGES[code] ?? phrase(message))) };
  }
  try {
    return { content: new TemplateOfYaml().value(document.contents), faults: [] };
  } catch (error) {
    if (isUnreadable(error)) return { faults: [fault(error.offset, error.message)] };
    throw error;
  }
}

const MOST_FAULTS = 20;
const DEEPEST = 500;
const MOST_NODES_OF_ALIASES = 200_000;
const TOO_DEEP = 'nested too deeply';

const MESSAGES: Record<string, string> = {
  DUPLICATE_KEY: 'the key stands twice in the same map',
  MULTIPLE_DOCS: 'a second document begins, expected one',
  TAB_AS_INDENT: 'a tab is used as indentation, expected spaces',
};

function phrase(message: string): string {
  // The parser goes down into each level by a call of its own.
  if (message.includes('call stack')) return TOO_DEEP;
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { schema: 'failsafe', customTags: SCALARS, lineCounter, prettyErrors: false, logLevel: 'error' });
  } catch {
    return undefined;
  }
}

/** Numbers with leading zeros stay text, account ids among them. */
const SCALARS: ScalarTag[] = [
  { tag: 'tag:yaml.org,2002:null', default: true, test: /^(?:~|[Nn]ull|NULL)?$/, resolve: () => null },
  { tag: 'tag:yaml.org,2002:bool', default: true, test: /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/, resolve: () => true },
  { tag: 'tag:yaml.org,2002:bool', default: true, test: /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/, resolve: () => false },
  { tag: 'tag:yaml.org,2002:int', default: true, test: /^[-+]?(?:0|[1-9][0-9]*)$/, resolve: source => exactly(source) },
  { tag: 'tag:yaml.org,2002:float', default: true, test: /^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/, resolve: source => exactly(source) },
];

/** A number, unless it has more digits than a number can hold. */
function exactly(source: string): number | string {
  const number = Number(source);
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : source;
}

/** The functions that go without `Fn::`. */
const BARE = new Set(['Ref', 'Condition']);

class TemplateOfYaml {
  private depth = 0;
  private insideAlias = 0;
  private nodesOfAliases = 0;
  private readonly anchors = new Map<string, Node>();

  public value(node: unknown): unknown {
    if (isAlias(node)) return this.alias(node);
    const known = node as Node | null | undefined;
    if (this.insideAlias === 0 && hasAnchor(known)) this.anchors.set(known.anchor, known);
    if (this.insideAlias > 0 && ++this.nodesOfAliases > MOST_NODES_OF_ALIASES) throw unreadable(known, 'aliases multiply the template');
    if (++this.depth > DEEPEST) throw unreadable(known, TOO_DEEP);
    const content = this.content(known);
    this.depth--;
    return known?.tag?.startsWith('!') && known.tag.length > 1 ? callOf(known.tag.slice(1), content) : content;
  }

  private alias(alias: Alias): unknown {
    const target = this.anchors.get(alias.source);
    if (!target) throw unreadable(alias, `unresolved alias \`${alias.source}\`, expected an anchor above it`);
    this.insideAlias++;
    const value = this.value(target);
    this.insideAlias--;
    return value;
  }

  private content(node: Node | null | undefined): unknown {
    if (isMap(node)) return this.map(node);
    if (isSeq(node)) return node.items.map(item => this.value(item));
    return isScalar(node) ? node.value : null;
  }

  private map(node: YAMLMap): Record<string, unknown> {
    const own: [string, unknown][] = [];
    const merged: [string, unknown][] = [];
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? nameOf(key) : JSON.stringify(this.value(key));
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') merged.push(...this.merged(value));
      else own.push([name, this.value(value)]);
    }
    // The first map to be merged wins, and what the map says itself wins over all.
    return Object.fromEntries([...merged.reverse(), ...own]);
  }

  private merged(node: unknown): [string, unknown][] {
    const value = this.value(node);
    return (Array.isArray(value) ? value : [value]).flatMap(map => typeof map === 'object' && map !== null ? Object.entries(map) : []);
  }
}

function hasAnchor(node: Node | null | undefined): node is Node & { readonly anchor: string } {
  return node !== null && node !== undefined && 'anchor' in node && typeof node.anchor === 'string';
}

function nameOf(key: Scalar): string {
  return typeof key.value === 'string' ? key.value : key.source ?? String(key.value);
}

function callOf(tag: string, content: unknown): Record<string, unknown> {
  // Only the first dot of `!GetAtt Stack.Outputs.Arn` parts the resource from the attribute.
  if (tag === 'GetAtt' && typeof content === 'string' && content.includes('.')) {
    const dot = content.indexOf('.');
    return { 'Fn::GetAtt': [content.slice(0, dot), content.slice(dot + 1)] };
  }
  return { [BARE.has(tag) ? tag : `Fn::${tag}`]: content };
}

/** What ends the reading of a document, with its place. */
interface Unreadable extends Error {
  readonly offset: number;
}

function unreadable(node: Node | null | undefined, message: string): Unreadable {
  return Object.assign(new Error(message), { offset: node?.range?.[0] ?? 0 });
}

function isUnreadable(error: unknown): error is Unreadable {
  return error instanceof Error && 'offset' in error;
}
