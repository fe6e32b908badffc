import { Counterparts } from './counterparts';
import { PolicyPrincipal } from '../../iam/inclusion/policy';
import { AppModel } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { ARN_FORMATS } from '../names/arn-formats';
import { names } from '../names/names';
import { ownerAmong, ownerOf, resourcesByArn } from '../names/resources-by-arn';
import { AccessStatement } from '../policies/given-statements';

/** One text for one thing in both versions of an app: that of the older one, whatever the newer calls it. */
export class CommonNames {
  private readonly texts = new Map<string, string>();
  private readonly arns = new Map<Resource, string>();
  private readonly byArn: ReadonlyMap<string, Resource>;

  constructor(private readonly before: AppModel, private readonly after: AppModel, private readonly counterparts: Counterparts) {
    this.byArn = new Map([
      ...resourcesByArn(before),
      ...[...resourcesByArn(after)].map(([arn, resource]) => [this.textOf(arn), resource] as const),
    ]);
  }

  /** A text of the newer version. */
  public textOf(text: string): string {
    const known = this.texts.get(text) ?? this.translated(text);
    this.texts.set(text, known);
    return known;
  }

  /** A statement of the newer version, which is also where its origin stands. */
  public statementOf(statement: AccessStatement): AccessStatement {
    const { resources, principals, conditions } = statement;
    return {
      ...statement,
      ...resources ? { resources: { ...resources, named: resources.named.map(each => this.textOf(each)) } } : {},
      ...principals ? { principals: { ...principals, named: principals.named.map(each => this.principalOf(each)) } } : {},
      conditions: conditions.map(each => ({ ...each, values: each.values.map(value => this.textOf(value)) })),
    };
  }

  private principalOf({ type, id }: PolicyPrincipal): PolicyPrincipal {
    return { type, id: this.textOf(id) };
  }

  /** The construct path of what an ARN names, and what follows for things that belong to it; else as a person reads the text. */
  public shown(text: string): string {
    const owner = this.ownerOf(text);
    if (!owner) return names(this.before).shown(text);
    return `${owner}${names(this.before).shown(text.slice(this.arnOf(owner).length))}`;
  }

  /** The resource that an ARN names, or to which what it names belongs: that of the newer version, where both have it. */
  public ownerOf(text: string): Resource | undefined {
    return ownerAmong(this.byArn, text);
  }

  /** The ARN of a resource of either version. */
  public arnOf(resource: Resource): string {
    const older = this.isOlder(resource);
    const known = this.arns.get(resource) ?? (older ? names(this.before).arnOf(resource) : this.textOf(names(this.after).arnOf(resource)));
    this.arns.set(resource, known);
    return known;
  }

  /** The ARN of a resource of either version, and of what belongs to it. */
  public patternsOf(resource: Resource): readonly string[] {
    const arn = this.arnOf(resource);
    return [arn, ...(ARN_FORMATS.get(resource.type)?.below ?? []).map(each => arn + each)];
  }

  private isOlder({ scope }: Resource): boolean {
    return this.before.scopes.includes(scope);
  }

  private translated(text: string): string {
    const [older, newer] = [names(this.before), names(this.after)];
    const adopted = (part: string) => older.adopted(part, newer, each => this.counterparts.of(each));
    const owner = ownerOf(this.after, text);
    const counterpart = owner && this.counterparts.of(owner);
    return counterpart ? older.arnOf(counterpart) + adopted(text.slice(newer.arnOf(owner).length)) : adopted(text);
  }
}
