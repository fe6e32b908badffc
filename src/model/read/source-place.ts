import { fileURLToPath } from 'url';
import { SourcePlace } from '../template-source';

/** What the CDK notes about a construct: in the tree, and in the metadata of a cloud assembly. */
export interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
  /** Where older versions put the stack in which the entry was made. */
  readonly trace?: readonly string[];
}

/**
 * Where in the user's code a property was last set, if the CDK traced that (`cdk synth --debug`, `CDK_DEBUG=1`), or else where the
 * resource was made.
 */
export function sourcePlace(entries: readonly MetadataEntry[], property?: string): SourcePlace | undefined {
  const [first] = property?.split('.') ?? [];
  const assigned = entries.filter(({ type, data }) => type === 'aws:cdk:propertyAssignment' && field(data, 'propertyName') === first);
  for (const { data } of assigned.reverse()) {
    const place = userFrame(field(data, 'stackTrace'));
    if (place) return place;
  }
  for (const { type, data, trace } of entries) {
    const place = type === 'aws:cdk:creationStack' ? userFrame(data) : type === 'aws:cdk:logicalId' ? userFrame(trace) : undefined;
    if (place) return place;
  }
  return undefined;
}

function field(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined;
}

/** The innermost frame of a stack that isn't in a library. */
function userFrame(frames: unknown): SourcePlace | undefined {
  if (!Array.isArray(frames)) return undefined;
  for (const frame of frames) {
    const place = typeof frame === 'string' ? placeOfFrame(frame) : undefined;
    if (place && !FOREIGN.test(place.file)) return place;
  }
  return undefined;
}

const FOREIGN = /(^|[/\\])node_modules[/\\]|^(node:|internal\/|<)/;

/** `new Orders (/app/lib/orders.ts:12:5)`, also without name, or with `at`, or as other languages write it: without column. */
function placeOfFrame(frame: string): SourcePlace | undefined {
  const [, file, line, column] = /^(?:.* \(|\s*(?:at )?(?:async )?)((?:[A-Za-z]:)?[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(frame) ?? [];
  if (!file) return undefined;
  return { file: withoutScheme(file), line: Number(line), ...column === undefined ? {} : { column: Number(column) } };
}

function withoutScheme(file: string): string {
  try {
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  } catch {
    return file;
  }
}
