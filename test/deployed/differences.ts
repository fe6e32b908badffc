import { Resource } from './assembly';

/**
 * How what exists differs from what the template says, by property, of the properties that were read back. Of a reference, that
 * something exists in its place is all that is asked.
 */
export function differences({ Properties: properties = {} }: Resource, existing: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const read = Object.keys(existing).filter(name => properties[name] !== undefined);
  const found = read.map(name => [name, difference(name, properties[name], existing[name])] as const);
  return Object.fromEntries(found.filter(([, each]) => each.length > 0));
}

function difference(place: string, said: any, is: any): string[] {
  if (isReference(said)) return is === undefined ? [`${place} does not exist`] : [];
  if (Array.isArray(said)) {
    if (!Array.isArray(is) || is.length < said.length) return [`${place} is ${JSON.stringify(is)} instead of ${JSON.stringify(said)}`];
    return said.flatMap((each, index) => difference(`${place}[${index}]`, each, is[index]));
  }
  if (typeof said === 'object') return Object.keys(said).flatMap(name => difference(`${place}.${name}`, said[name], is?.[name]));
  return String(is) === String(said) ? [] : [`${place} is ${JSON.stringify(is)} instead of ${JSON.stringify(said)}`];
}

function isReference(value: any): boolean {
  const [key, ...others] = typeof value === 'object' ? Object.keys(value) : [];
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}
