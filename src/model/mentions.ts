import { AppModel, view } from './app-model';
import { Multimap } from './multimap';
import { DEEPEST_NESTING } from './nesting';
import { Resource } from './resource';
import { Scope } from './scope';
import { isMap } from './value';

/** What of its own stack names a resource: other resources, and the names of outputs. */
export interface Mentions {
  readonly resources: readonly Resource[];
  readonly outputs: readonly string[];
}

/** Where a resource is named by `Ref`, `Fn::GetAtt` or within `Fn::Sub`. Each template is searched once, when first asked about. */
export function mentionsOf(app: AppModel, resource: Resource): Mentions {
  const { scope } = resource;
  const indexes = indexesByScope(app);
  const index = indexes.get(scope) ?? new MentionIndex(scope);
  indexes.set(scope, index);
  return index.of(resource.logicalId);
}

const indexesByScope = view(() => new Map<Scope, MentionIndex>());

class MentionIndex {
  private readonly resources = new Multimap<string, Resource>();
  private readonly outputs = new Multimap<string, string>();

  constructor(scope: Scope) {
    const raw = scope.section('Resources');
    for (const [logicalId, resource] of scope.resources) {
      if (resource.exists === 'no') continue;
      const { Metadata: _, DependsOn: __, ...said } = raw[logicalId] as Record<string, unknown>;
      namesIn(said).forEach(name => this.resources.add(name, resource));
    }
    for (const [output, declared] of Object.entries(scope.section('Outputs'))) namesIn(declared).forEach(name => this.outputs.add(name, output));
  }

  public of(name: string): Mentions {
    return { resources: this.resources.get(name), outputs: this.outputs.get(name) };
  }
}

/** The names in a piece of a template, each once. */
function namesIn(raw: unknown): Set<string> {
  const found = new Set<string>();
  collect(raw, found, 0);
  return found;
}

function collect(raw: unknown, found: Set<string>, depth: number): void {
  if (typeof raw !== 'object' || raw === null || depth > DEEPEST_NESTING) return;
  if (isMap(raw)) {
    const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = raw;
    if (typeof ref === 'string') found.add(ref);
    const [owner] = Array.isArray(attribute) ? attribute : typeof attribute === 'string' ? attribute.split('.') : [];
    if (typeof owner === 'string') found.add(owner);
    const template = Array.isArray(sub) ? sub[0] : sub;
    if (typeof template === 'string') for (const [, name] of template.matchAll(/\$\{\s*([A-Za-z0-9]+)/g)) found.add(name);
  }
  for (const key in raw) collect((raw as Record<string, unknown>)[key], found, depth + 1);
}
