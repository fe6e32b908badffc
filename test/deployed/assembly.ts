import * as fs from 'fs';
import * as path from 'path';
import { isLeftOut, isPropertyLeftOut } from './left-out';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
  readonly Metadata?: Record<string, any>;
}

export interface Template {
  readonly Resources: Record<string, Resource>;
}

/** A cloud assembly as the CDK wrote it, to be reduced to what the emulator can create. */
export class Assembly {
  constructor(public readonly folder: string) {}

  /** Templates by file, those of stages and of nested stacks among them. */
  public get templates(): Map<string, Template> {
    return new Map(this.files('.template.json').map(file => [file, this.read(file)]));
  }

  public get resources(): Resource[] {
    return [...this.templates.values()].flatMap(({ Resources }) => Object.values(Resources));
  }

  /** Leaves out what the list says, and what can't be without it; nothing is added or changed otherwise. */
  public reduce(): void {
    for (const [file, template] of this.templates) this.write(file, withoutResources(withoutProperties(template)));
    for (const file of this.files('.assets.json')) this.write(file, { ...this.read(file), dockerImages: {} });
  }

  private files(ending: string): string[] {
    return fs.readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith(ending));
  }

  private read(file: string): any {
    return JSON.parse(fs.readFileSync(path.join(this.folder, file), 'utf8'));
  }

  private write(file: string, content: unknown): void {
    fs.writeFileSync(path.join(this.folder, file), JSON.stringify(content, undefined, 1));
  }
}

function withoutProperties(template: Template): Template {
  return mapResources(template, resource => resource.Properties ? {
    ...resource,
    Properties: Object.fromEntries(Object.entries(resource.Properties).filter(([name]) => !isPropertyLeftOut(resource, name))),
  } : resource);
}

function withoutResources(template: Template): Template {
  const gone = new Set(Object.keys(template.Resources).filter(id => isLeftOut(template.Resources[id])));
  for (let follower = followerOf(template, gone); follower; follower = followerOf(template, gone)) gone.add(follower);
  const kept = Object.entries(template.Resources).filter(([id]) => !gone.has(id));
  return mapResources({ ...template, Resources: Object.fromEntries(kept) }, resource => ({
    ...resource, DependsOn: [resource.DependsOn ?? []].flat().filter(id => !gone.has(id)),
  }));
}

/** A resource that refers to one of those that are gone. */
function followerOf({ Resources }: Template, gone: ReadonlySet<string>): string | undefined {
  return Object.keys(Resources).find(id => !gone.has(id) && [...references(Resources[id].Properties)].some(each => gone.has(each)));
}

function mapResources(template: Template, map: (resource: Resource) => Resource): Template {
  return { ...template, Resources: Object.fromEntries(Object.entries(template.Resources).map(([id, resource]) => [id, map(resource)])) };
}

/** Logical ids in `Ref` and `Fn::GetAtt`. */
function* references(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Ref') yield inner;
    else if (key === 'Fn::GetAtt') yield [inner].flat()[0].split('.')[0];
    else yield* references(inner);
  }
}
