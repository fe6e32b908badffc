import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What somebody accepted through `Validations.of(construct).acknowledge(...)`. */
interface Acknowledgement {
  readonly constructPath: string;
  /** As the CDK records it: ids without the name of a plugin get `Annotation` before them. */
  readonly id: string;
  readonly reason: string;
}

/** What the CDK puts before ids that come without the name of a plugin. */
const NO_PLUGIN = 'Annotation::';

/** The acknowledgements of a construct tree, read once. */
export class Acknowledgements {
  public static in(root: IConstruct): Acknowledgements {
    const all = root.node.findAll().flatMap(({ node }) => node.metadata
      .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && typeof data === 'object' && data !== null)
      .flatMap(({ data }) => Object.entries(data).map(([id, reason]) => ({ constructPath: node.path, id, reason: String(reason) }))));
    return new Acknowledgements(all);
  }

  private readonly reasons: ReadonlyMap<string, string>;

  private constructor(private readonly all: readonly Acknowledgement[]) {
    this.reasons = new Map(all.map(({ constructPath, id, reason }) => [key(id, constructPath), reason]));
  }

  /** Why one of `ids` was accepted at a construct or above it; the nearest reason wins, as in the CDK. */
  public reason(ids: readonly string[], constructPath: string): string | undefined {
    if (this.reasons.size === 0) return undefined;
    for (let path: string | undefined = constructPath; path !== undefined; path = parent(path)) {
      for (const id of ids) {
        const reason = this.reasons.get(key(id, path));
        if (reason !== undefined) return reason;
      }
    }
    return undefined;
  }

  /** Where one of `ids` was accepted without the name of a plugin, which the CDK takes for the id of an annotation. */
  public withoutPlugin(ids: ReadonlySet<string>): readonly { readonly constructPath: string; readonly id: string }[] {
    return this.all.filter(({ id }) => id.startsWith(NO_PLUGIN))
      .map(({ constructPath, id }) => ({ constructPath, id: id.slice(NO_PLUGIN.length) }))
      .filter(({ id }) => ids.has(id));
  }
}

/** How the CDK records an id that was written without the name of a plugin. */
export function withoutPlugin(id: string): string {
  return `${NO_PLUGIN}${id}`;
}

function key(id: string, constructPath: string): string {
  return `${id} ${constructPath}`;
}

function parent(path: string): string | undefined {
  if (path === '') return undefined;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
