import type { Document } from 'yaml';
import { jsonFault } from '../model/read/json-fault';
import { placeAt } from '../model/read/template-fault';
import { SourcePlace } from '../model/template-source';

/** What is wrong in a file, and where. */
export interface Fault {
  readonly message: string;
  readonly place?: SourcePlace;
}

/** A file that can't be used as it is. Its message has all faults, each with its place, one a line. */
export class MalformedFile extends Error {
  constructor(public readonly faults: readonly Fault[]) {
    super(faults.map(({ message, place }) => `${place ? `${shownPlace(place)}: ` : ''}${message}`).join('\n'));
    this.name = 'MalformedFile';
  }
}

/** A place as compilers write it: `file:line:column`. */
export function shownPlace({ file, line, column }: SourcePlace): string {
  return [file, line, line === undefined ? undefined : column].filter(part => part !== undefined).join(':');
}

/** A YAML or JSON text that knows where each of its parts stands. */
export class LocatedDocument {
  /** YAML 1.2, which JSON is a part of. */
  public static yaml(text: string, file: string): LocatedDocument {
    return new LocatedDocument(text, file, document => document.withoutErrors().toJS(), document => document.errors());
  }

  /** JSON and nothing else. A file without faults is read at the speed of `JSON.parse`. */
  public static json(text: string, file: string): LocatedDocument {
    return new LocatedDocument(text, file, () => JSON.parse(text), document => [jsonFault(text)].flatMap(fault =>
      fault ? [{ message: fault.message, place: document.at(fault.offset) }] : []));
  }

  /** What the text says; nothing if it has faults. */
  public readonly value: unknown;
  /** What keeps the text from being read at all. */
  public readonly faults: readonly Fault[] = [];

  private tree?: Document.Parsed;

  private constructor(
    private readonly text: string,
    private readonly file: string,
    read: (document: LocatedDocument) => unknown,
    faultsOf: (document: LocatedDocument) => readonly Fault[],
  ) {
    try {
      this.value = read(this);
    } catch (error) {
      const faults = faultsOf(this);
      this.faults = faults.length > 0 ? faults : [{ message: (error as Error).message, place: { file } }];
    }
  }

  /**
   * Where the value at a path of keys and indexes begins; of what there is not, the nearest thing around it.
   *
   * @param of whether the last key is meant instead of its value
   */
  public placeOf(path: readonly (string | number)[], of: 'value' | 'key' = 'value'): SourcePlace {
    let node: unknown = this.parsed().contents;
    let offset = startOf(node);
    for (const [index, key] of path.entries()) {
      const [name, value] = entry(yaml().isAlias(node) ? node.resolve(this.parsed()) : node, key);
      const next = of === 'key' && index === path.length - 1 ? name : value;
      // A key without a value stands for the place where the value should be.
      offset = startOf(next) ?? startOf(name) ?? offset;
      node = value;
    }
    return this.at(offset ?? 0);
  }

  private withoutErrors(): Document.Parsed {
    const [fault] = [...this.parsed().errors, ...this.parsed().warnings];
    if (fault) throw fault;
    return this.parsed();
  }

  private parsed(): Document.Parsed {
    return this.tree ??= yaml().parseDocument(this.text, { prettyErrors: false });
  }

  private errors(): Fault[] {
    return [...this.tree?.errors ?? [], ...this.tree?.warnings ?? []]
      .map(({ message, pos: [offset] }) => ({ message: message.charAt(0).toLowerCase() + message.slice(1), place: this.at(offset) }));
  }

  private at(offset: number): SourcePlace {
    return { file: this.file, ...placeAt(this.text, offset) };
  }
}

/** Loaded when a text is parsed as YAML: the parser takes longer to load than a report to make. */
function yaml() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('yaml') as typeof import('yaml');
}

/** The key and the value of an entry of a map or list, as nodes. */
function entry(node: unknown, key: string | number): readonly [unknown, unknown] {
  const { isMap, isScalar, isSeq } = yaml();
  if (isSeq(node)) return [undefined, node.items[Number(key)]];
  const pair = isMap(node) ? node.items.find(({ key: name }) => isScalar(name) && String(name.value) === String(key)) : undefined;
  return [pair?.key, pair?.value];
}

function startOf(node: unknown): number | undefined {
  return yaml().isNode(node) ? node.range?.[0] : undefined;
}
