import { AppModel, view } from './app-model';
import { Multimap } from './multimap';
import { DEEPEST_NESTING } from './nesting';
import { Resource } from './resource';
import { Value } from './value';

/** That a property of one resource names another. */
export interface Edge {
  readonly from: Resource;
  /** Where it is named, below `Properties`: `VpcConfig.SubnetIds.0`. */
  readonly property: string;
  readonly to: Resource;
  /** What of it is named: `Ref`, `Arn`. */
  readonly attribute: string;
}

/** Who names whom in an app. */
export interface Edges {
  readonly all: readonly Edge[];
  /** What the properties of a resource name, in their order. */
  references(from: Resource): readonly Edge[];
  /** Which properties name a resource, by stack and logical id of the resources they belong to. */
  referencedBy(to: Resource): readonly Edge[];
}

/** All edges of an app, across stacks, nested stacks and regions, in any branch of a condition. */
export const edges = view((app: AppModel): Edges => {
  const all: Edge[] = [];
  const from = new Multimap<Resource, Edge>();
  const to = new Multimap<Resource, Edge>();
  for (const resource of app.resources) {
    for (const { property, value } of references(resource)) {
      const edge = { from: resource, property, to: value.target!, attribute: value.attribute! };
      all.push(edge);
      from.add(edge.from, edge);
      to.add(edge.to, edge);
    }
  }
  return { all, references: resource => from.get(resource), referencedBy: resource => to.get(resource) };
});

/** The references in the properties of a resource, each once for each property. */
function references(resource: Resource): { readonly property: string; readonly value: Value }[] {
  const found = new Map<string, { readonly property: string; readonly value: Value }>();
  const look = (value: Value, property: string, depth: number): void => {
    if (depth > DEEPEST_NESTING) return;
    const below = depth + 1;
    if (value.kind === 'reference') found.set(`${property} ${value.target!.id} ${value.attribute}`, { property, value });
    else if (value.kind === 'either') value.branches.forEach(branch => look(branch, property, below));
    else if (Array.isArray(value.literal)) value.literal.forEach((_, index) => look(value.get(String(index)), `${property}.${index}`, below));
    else if (value.isKnown) value.entries.forEach(([key, each]) => look(each, property === '' ? key : `${property}.${key}`, below));
    else value.parts.forEach(part => typeof part === 'string' || look(part, property, below));
  };
  look(resource.properties, '', 0);
  return [...found.values()];
}
