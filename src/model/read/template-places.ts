import * as fs from 'fs';
import { SourcePlace } from '../template-source';
import { LineStarts } from './line-starts';
import { LocatedPart, locatedParts } from './located-part';

/** Where resources and their properties stand in the file of a template, which is read again when somebody first asks. */
export class TemplatePlaces {
  private parsed?: { readonly lines: LineStarts; readonly root: LocatedPart };

  constructor(private readonly file: string) {}

  /** Where a property is set, or what is nearest to it if it isn't; nothing if the file doesn't declare the resource. */
  public of(logicalId: string, property?: string): SourcePlace | undefined {
    try {
      const { lines, root } = this.parsed ??= parse(this.file);
      const part = find(root, logicalId, property?.split('.') ?? []) ?? generatedFrom(root, logicalId);
      return part && { file: this.file, ...lines.placeAt(part.offset) };
    } catch {
      // The file has changed or is gone since it was read: the finding stands without a place.
      return undefined;
    }
  }
}

function parse(file: string) {
  const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  return { lines: new LineStarts(text), root: locatedParts(text) };
}

function find(root: LocatedPart, logicalId: string, property: readonly string[]): LocatedPart | undefined {
  const resource = root.at('Resources')?.at(logicalId);
  if (resource) return nearest(resource.at('Properties'), property) ?? resource;
  // Rules look at these as if they were resources.
  const declaration = root.at('Parameters')?.at(logicalId) ?? root.at('Outputs')?.at(logicalId);
  return nearest(declaration, property) ?? declaration;
}

/** The innermost part on a way of keys; nothing if not even the first is there. */
function nearest(root: LocatedPart | undefined, keys: readonly string[]): LocatedPart | undefined {
  let found: LocatedPart | undefined;
  let part = root;
  for (const key of keys) {
    part = part?.at(key);
    found = part ?? found;
  }
  return found;
}

/** The resource that SAM makes another from, whose logical id begins with its own. */
function generatedFrom(root: LocatedPart, logicalId: string): LocatedPart | undefined {
  if (!root.at('Transform')) return undefined;
  const resources = root.at('Resources');
  for (let end = logicalId.length - 1; end > 0; end--) {
    const part = resources?.at(logicalId.slice(0, end));
    if (part) return part;
  }
  return undefined;
}
