import { isMap } from '../value';

/** A map as it stands in a template; empty if anything else stands there. */
export function mapOf(raw: unknown): Record<string, unknown> {
  return isMap(raw) ? raw : {};
}

export function listOf(raw: unknown): readonly unknown[] {
  return raw === undefined || raw === null ? [] : Array.isArray(raw) ? raw : [raw];
}

export function textOf(raw: unknown): string | undefined {
  return typeof raw === 'string' ? raw : undefined;
}

export const ref = (logicalId: string) => ({ Ref: logicalId });
export const getAtt = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] });
export const awsManagedPolicy = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });

/** The `name` without `keys`. */
export function without(map: Record<string, unknown>, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** The properties of `map` under these names, as far as it has them. */
export function only(map: Record<string, unknown>, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap(key => Object.hasOwn(map, key) ? [[key, map[key]]] : []));
}

/** A policy that lets `service` take on a role. */
export function trusting(service: string): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] };
}

export function allowing(actions: readonly string[], resources: unknown): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: resources }] };
}

/** What cannot be told from a template: read as unknown, whatever it stands for. */
export const undecided = (what: string) => ({ 'Fn::Transform': { Name: 'AWS::Serverless-2016-10-31', Parameters: { undecided: what } } });

/** A resource of SAM that is written out, with what it was declared with. */
export interface SamResource {
  readonly id: string;
  readonly declaration: Record<string, unknown>;
  /** Its properties, the global ones included. */
  readonly properties: Record<string, unknown>;
}

/** The resources of a template while its SAM resources are written out. */
export class SamResources {
  private readonly written = new Map<string, Record<string, unknown>>();
  /** What stands for names such as `Orders.Alias`. */
  public readonly names = new Map<string, string>();

  constructor(private readonly declared: Record<string, unknown>, private readonly globals: Record<string, unknown>) {}

  public get all(): Record<string, unknown> {
    return Object.fromEntries(this.written);
  }

  /** A resource as the template declares it, whatever its type. */
  public declaration(id: string): Record<string, unknown> | undefined {
    const raw = Object.hasOwn(this.declared, id) ? this.declared[id] : undefined;
    return isMap(raw) ? raw : undefined;
  }

  public resource(id: string, declaration: Record<string, unknown>): SamResource {
    const kind = String(textOf(declaration.Type)).split('::').at(-1)!;
    return { id, declaration, properties: merged(mapOf(this.globals[kind]), mapOf(declaration.Properties)) };
  }

  /** Writes a resource; it is created under the condition of the one it comes from. */
  public add(id: string, Type: string, Properties: Record<string, unknown>, from: SamResource): void {
    const kept = id === from.id ? without(from.declaration, 'Type', 'Properties', 'Connectors') : only(from.declaration, 'Condition');
    this.written.set(id, { Type, Properties, ...kept });
  }

  public keep(id: string, raw: unknown): void {
    if (isMap(raw) && !this.written.has(id)) this.written.set(id, without(raw, 'Connectors'));
  }

  /** Changes a property of a resource that stands beside SAM's own, such as the notifications of a bucket. */
  public amend(id: string, change: (properties: Record<string, unknown>) => Record<string, unknown>): void {
    const resource = this.written.get(id) ?? this.declaration(id);
    if (resource) this.written.set(id, { ...resource, Properties: change(mapOf(resource.Properties)) });
  }
}

/** What is set for all, and beneath it what is set for one: maps and lists are joined, all else is replaced. */
function merged(globals: Record<string, unknown>, own: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const result = { ...globals };
  for (const [key, value] of Object.entries(own)) {
    const general = Object.hasOwn(globals, key) ? globals[key] : undefined;
    if (Array.isArray(general) && Array.isArray(value)) result[key] = [...general, ...value];
    else if (isMap(general) && isMap(value) && depth < 20) result[key] = merged(general, value, depth + 1);
    else result[key] = value;
  }
  return result;
}
