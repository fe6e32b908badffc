import type { Scope } from './scope';
import type { SourcePlace, TemplateSource } from './template-source';
import { isMap, Value } from './value';
import { Verdict } from './verdict';

/** What names an attribute of a resource, of which few are named. */
interface Reference {
  readonly attribute: string;
  readonly value: Value;
  readonly next?: Reference;
}

const LONGEST_LIST = 20;

/** A resource of a template, whoever wrote it: L1, generic `CfnResource`, raw override, `CfnInclude` or a person. */
export class Resource {
  public readonly type: string;
  /** Whether the CDK made it for its own work, once `isFrameworkManaged` has found out. */
  public isManaged: boolean | undefined = undefined;

  private name: string | undefined = undefined;
  private path: string | undefined = undefined;
  private all: Value | undefined = undefined;
  private references: Reference | undefined = undefined;

  constructor(public readonly scope: Scope, public readonly logicalId: string, private readonly raw: Record<string, unknown>) {
    this.type = typeof raw.Type === 'string' ? TYPES.get(raw.Type) ?? named(raw.Type) : '';
  }

  /** The template that the resource stands in. */
  public get source(): TemplateSource {
    return this.scope.source;
  }

  /** Its path in the construct tree; for templates without one, the stack and the logical id. */
  public get constructPath(): string {
    return this.path ??= this.pathInMetadata() ?? this.source.constructPathOf?.(this.logicalId) ?? `${this.source.name}/${this.logicalId}`;
  }

  /** Unique within the app, and the same at each synth. */
  public get id(): string {
    return this.name ??= `${this.source.name}#${this.logicalId}`;
  }

  /** What stands at a path below `Properties`, such as `VpcConfig.SubnetIds`. */
  public get(path: string): Value {
    return (this.all ?? this.properties).get(path);
  }

  public get properties(): Value {
    return this.all ??= this.attribute('Properties');
  }

  /** What stands beside the properties: `Metadata`, `DependsOn`, `DeletionPolicy`, ... */
  public attribute(name: string): Value {
    return this.scope.read(this.raw[name]);
  }

  /** What names an attribute of it: one value for all who do. */
  public reference(attribute: string): Value {
    let length = 0;
    for (let each = this.references; each; each = each.next) {
      if (each.attribute === attribute) return each.value;
      length++;
    }
    const value = Value.reference(this, attribute);
    if (length < LONGEST_LIST) this.references = { attribute, value, next: this.references };
    return value;
  }

  /** Whether its condition lets it be created. */
  public get exists(): Verdict {
    return typeof this.raw.Condition === 'string' ? this.scope.condition(this.raw.Condition) : 'yes';
  }

  /** Where in the user's code the property was last set, or else the resource made. */
  public sourcePlace(property?: string): SourcePlace | undefined {
    return this.source.sourceOf?.(this.logicalId, property);
  }

  public toString(): string {
    return this.constructPath;
  }

  private pathInMetadata(): string | undefined {
    const path = isMap(this.raw.Metadata) ? this.raw.Metadata['aws:cdk:path'] : undefined;
    return typeof path === 'string' ? path : undefined;
  }
}

/** The types of resources as property names, which are sooner compared than the texts of templates: of each there is one in the memory. */
const TYPES = new Map<string, string>();
const MOST_TYPES = 5000;

function named(type: string): string {
  const [name] = Object.keys({ [type]: undefined });
  if (TYPES.size < MOST_TYPES) TYPES.set(type, name);
  return name;
}
