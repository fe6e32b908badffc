import { Acknowledgement, SourcePlace } from '../template-source';
import { isMap } from '../value';
import { acknowledgementsIn } from './acknowledgements';
import { MetadataEntry, sourcePlace } from './source-place';

/** What a cloud assembly tells about the constructs of one stack and of those nested in it. */
export class ConstructMetadata {
  private readonly entries = new Map<string, readonly MetadataEntry[]>();
  private byStack?: Map<string, Map<string, string>>;

  /**
   * @param root the construct path of the top-level stack
   * @param metadata what the manifest, or the file it names, has under `metadata`
   * @param tree the construct tree of the app, for assemblies whose metadata leaves out logical ids
   */
  constructor(private readonly root: string, metadata: unknown, private readonly tree?: unknown) {
    for (const [path, entries] of Object.entries(isMap(metadata) ? metadata : {})) {
      if (Array.isArray(entries)) this.entries.set(path.replace(/^\//, ''), entries.filter(isEntry));
    }
  }

  /** The construct path of a resource of one of the stacks. */
  public constructPath(stack: string, logicalId: string): string | undefined {
    this.byStack ??= this.indexed();
    return this.byStack.get(stack)?.get(logicalId);
  }

  /** Where in the user's code a resource of one of the stacks got its property. */
  public place(stack: string, logicalId: string, property?: string): SourcePlace | undefined {
    const path = this.constructPath(stack, logicalId);
    if (path === undefined) return undefined;
    const place = sourcePlace(this.entries.get(path) ?? [], property);
    if (place) return place;
    // Made within the CDK, too deep for a trace to reach the user: the construct it belongs to may know.
    for (const owner of prefixes(path)) {
      const found = ['', '/Resource', '/Default'].map(child => sourcePlace(this.entries.get(owner + child) ?? [])).find(each => each);
      if (found || owner === stack) return found;
    }
    return undefined;
  }

  /** What was accepted in the code of the stack and of those nested in it, also at constructs that are no resources. */
  public acknowledgements(): Acknowledgement[] {
    return [...this.entries].flatMap(([path, entries]) => acknowledgementsIn(path, entries));
  }

  private indexed(): Map<string, Map<string, string>> {
    const logicalIds = new Map(logicalIdsOfTree(this.tree).filter(([path]) => path.startsWith(`${this.root}/`)));
    for (const [path, entries] of this.entries) {
      const logicalId = entries.find(({ type }) => type === 'aws:cdk:logicalId')?.data;
      if (typeof logicalId === 'string') logicalIds.set(path, logicalId);
    }
    // Logical ids are unique within a stack only.
    const stacks = new Set([...logicalIds.keys()].flatMap(path => nestedStackPath(path) ?? []));
    const byStack = new Map<string, Map<string, string>>();
    for (const [path, logicalId] of logicalIds) {
      const stack = prefixes(path).find(prefix => stacks.has(prefix)) ?? this.root;
      if (!byStack.has(stack)) byStack.set(stack, new Map());
      byStack.get(stack)!.set(logicalId, path);
    }
    return byStack;
  }
}

/** The construct path of a nested stack, from that of its resource, which stands beside it: `Inner.NestedStack/Inner.NestedStackResource`. */
export function nestedStackPath(pathOfResource: string): string | undefined {
  return /^(.+)\.NestedStack\/[^/]+\.NestedStackResource$/.exec(pathOfResource)?.[1];
}

/** The paths above `path`, from the inside out. */
function prefixes(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}

function isEntry(raw: unknown): raw is MetadataEntry {
  return isMap(raw) && typeof raw.type === 'string';
}

function logicalIdsOfTree(tree: unknown): [string, string][] {
  const found: [string, string][] = [];
  const pending: unknown[] = [isMap(tree) ? tree.tree : undefined];
  while (pending.length > 0) {
    const node = pending.pop();
    if (!isMap(node)) continue;
    const logicalId = isMap(node.attributes) ? node.attributes['aws:cdk:cloudformation:logicalId'] : undefined;
    if (typeof node.path === 'string' && typeof logicalId === 'string') found.push([node.path, logicalId]);
    if (isMap(node.children)) pending.push(...Object.values(node.children));
  }
  return found;
}
