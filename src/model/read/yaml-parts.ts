import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import { LocatedPart } from './located-part';

/** A YAML text as parts that know where they stand, through aliases. */
export function yamlParts(text: string): LocatedPart {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const part = (name: unknown, value: unknown) => new LocatedPart(startOf(name) ?? startOf(value) ?? 0, () => partsOf(value));
  const partsOf = (node: unknown): Map<string, LocatedPart> => {
    const held = isAlias(node) ? node.resolve(document) : node;
    if (isSeq(held)) return new Map(held.items.map((item, index) => [String(index), part(undefined, item)]));
    if (!isMap(held)) return new Map();
    return new Map(held.items.flatMap(({ key, value }) => isScalar(key) ? [[String(key.value), part(key, value)] as const] : []));
  };
  return part(undefined, document.contents);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
