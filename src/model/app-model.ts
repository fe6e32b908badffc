import { expandMacros, hasMacros } from './macros/expand-macros';
import { NO_ORGANIZATION, Organization } from './organization';
import { Resource } from './resource';
import { Scope } from './scope';
import { StackDirectory } from './stack-directory';
import { TemplateSource } from './template-source';

/**
 * Everything that the rules may look at: all templates of an app, read once, as resources by type. Templates have the last word on
 * properties; the construct tree only names owners.
 */
export class AppModel {
  /** All templates in one model. None of them makes it throw. */
  public static of(sources: readonly TemplateSource[], organization: Organization = NO_ORGANIZATION): AppModel {
    // By name, so that nothing depends on the order in which the stacks were found.
    const sorted = [...sources].sort((a, b) => compare(a.name, b.name));
    // What a loop runs over may come from parameters and mappings, which the templates as they are written tell.
    const written = sorted.some(({ template }) => hasMacros(template)) ? scopesOf(sorted, ({ template }) => template) : undefined;
    const scopes = scopesOf(sorted, ({ template }, index) => written && hasMacros(template) ? expandMacros(template, written[index]) : template);
    return new AppModel(scopes, organization);
  }

  /** The resources that may be created, by stack and logical id. */
  public readonly resources: readonly Resource[];

  private readonly byType = new Map<string, Resource[]>();
  private readonly views: unknown[] = [];

  private constructor(public readonly scopes: readonly Scope[], public readonly organization: Organization) {
    this.resources = scopes.flatMap(created);
    for (const resource of this.resources) {
      const sameType = this.byType.get(resource.type);
      if (sameType) sameType.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  public ofType(...types: readonly string[]): readonly Resource[] {
    return types.length === 1 ? this.byType.get(types[0]) ?? [] : types.flatMap(type => this.byType.get(type) ?? []);
  }

  /** What `compute` finds in this app, found once for a number of its own. Use it through `view`. */
  public viewOf<T>(number: number, compute: (app: AppModel) => T): T {
    const known = this.views[number];
    return known === undefined ? this.views[number] = compute(this) : known as T;
  }
}

/** What may be created of a template, by logical id. */
function created({ resources }: Scope): readonly Resource[] {
  const found: Resource[] = [];
  for (const resource of resources.values()) if (resource.exists !== 'no') found.push(resource);
  return found;
}

function scopesOf(sources: readonly TemplateSource[], templateOf: (source: TemplateSource, index: number) => unknown): Scope[] {
  const directory = new StackDirectory();
  const scopes = sources.map((source, index) => new Scope(source, directory, templateOf(source, index)));
  scopes.forEach(scope => directory.add(scope));
  directory.indexExports();
  return scopes;
}

/** A view of an app that is computed when a rule first asks for it, and then shared by all. */
export function view<T>(compute: (app: AppModel) => T): (app: AppModel) => T {
  const number = views++;
  return app => app.viewOf(number, compute);
}

let views = 0;

export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
