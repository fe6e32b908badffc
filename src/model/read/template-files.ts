import * as fs from 'fs';
import * as path from 'path';
import { isMap } from '../value';
import { parseTemplate, parseText } from './parse-template';
import { TemplateFault } from './template-fault';

/** Called after each file: how many were read, of how many found so far. */
export type ReadProgress = (read: number, found: number, file: string) => void;

/** The files below one root, read as templates; what can't be read is noted and left out. */
export class TemplateFiles {
  public readonly faults: TemplateFault[] = [];

  private readonly names = new Set<string>();
  private read = 0;
  private found = 0;

  constructor(public readonly root: string, private readonly onRead: ReadProgress = () => {}) {}

  /** How reports name a file: relative to the root, with slashes on each platform. */
  public nameOf(file: string): string {
    return (path.relative(this.root, file) || path.basename(file)).split(path.sep).join('/');
  }

  /** `name`, or a longer one where another stack has it. */
  public unique(name: string, file: string): string {
    let free = name;
    for (let count = 1; this.names.has(free); count++) free = `${name} (${this.nameOf(file)}${count > 1 ? ` ${count}` : ''})`;
    this.names.add(free);
    return free;
  }

  public expect(count: number): void {
    this.found += count;
  }

  public fault(file: string, message: string): void {
    this.faults.push({ file: this.nameOf(file), message });
  }

  /** A template that something else names, so that it has to be there and to be one. An empty nested stack has no resources. */
  public named(file: string): Record<string, unknown> | undefined {
    const content = this.content(file);
    if (content === undefined || isMap(content)) return content;
    this.fault(file, 'not a template, expected a map with `Resources`');
    return undefined;
  }

  /** A file that may be a template or anything else. Malformed ones are faults only if they look like templates. */
  public candidate(file: string): Record<string, unknown> | undefined {
    const text = this.text(file);
    if (text === undefined || !text.includes('Resources')) return undefined;
    const parsed = parseTemplate(text, this.nameOf(file));
    if (parsed.kind === 'faulty' && LOOKS_LIKE_TEMPLATE.test(text)) this.faults.push(...parsed.faults);
    return parsed.kind === 'template' && declaresResources(parsed.template) ? parsed.template : undefined;
  }

  /** JSON or YAML, whatever it holds; nothing if it can't be read. */
  public content(file: string): unknown {
    const text = this.text(file);
    if (text === undefined) return undefined;
    const { content, faults } = parseText(text, this.nameOf(file));
    this.faults.push(...faults);
    return faults.length > 0 ? undefined : content ?? null;
  }

  private text(file: string): string | undefined {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch (error) {
      this.fault(file, ioFault(error));
      return undefined;
    } finally {
      this.onRead(++this.read, Math.max(this.found, this.read), this.nameOf(file));
    }
  }
}

const LOOKS_LIKE_TEMPLATE = /^[\s{]*"?(AWSTemplateFormatVersion|Resources)"?\s*:/m;

/** What the system says of a file, without the stack and the absolute path. */
export function ioFault(error: unknown): string {
  switch (isMap(error) ? error.code : undefined) {
    case 'ENOENT': return 'there is no such file or folder';
    case 'EACCES': case 'EPERM': return 'may not be read';
    case 'EISDIR': return 'a folder, expected a file';
    default: return 'cannot be read';
  }
}

/** Other kinds of files have a `Resources` map, too. */
function declaresResources({ AWSTemplateFormatVersion, Transform, Resources }: Record<string, unknown>): boolean {
  return AWSTemplateFormatVersion !== undefined || Transform !== undefined
    || isMap(Resources) && Object.values(Resources).some(resource => isMap(resource) && typeof resource.Type === 'string' && resource.Type.includes('::'));
}
