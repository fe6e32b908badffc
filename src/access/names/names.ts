import { ArnFormat, ARN_FORMATS } from './arn-formats';
import { Environments } from './environments';
import { GeneratedNames } from './generated-names';
import { Symbols } from './symbols';
import { AppModel, view } from '../../model/app-model';
import { Resource } from '../../model/resource';
import { Part, Value } from '../../model/value';

/** The texts by which things are named in policies and requests, the same for the same thing in whatever form a template writes it. */
export const names = view(app => new Names(app));

export class Names {
  public readonly environments: Environments;
  private readonly symbols = new Symbols();
  private readonly generated: GeneratedNames;
  private readonly arns = new Map<Resource, string>();
  private readonly physical = new Map<Resource, string>();

  constructor(app: AppModel) {
    this.environments = new Environments(app, this.symbols);
    this.generated = new GeneratedNames(app);
  }

  /** The ARN of a resource; of a type whose ARNs are not known, one symbol that stands for all of it. */
  public arnOf(resource: Resource): string {
    const known = this.arns.get(resource);
    if (known !== undefined) return known;
    const format = ARN_FORMATS.get(resource.type);
    const arn = format ? this.filled(format, resource) : this.qualified(resource) ?? this.symbol(resource, 'Arn');
    this.arns.set(resource, arn);
    return arn;
  }

  /** What a value reads like, as one branch of it; undefined for what is no text. */
  public text(value: Value, from: Resource): string | undefined {
    if (value.kind === 'reference') return this.attribute(value.target!, value.attribute!);
    if (value.text !== undefined) return canonical(value.text);
    if (value.kind !== 'unknown') return undefined;
    return canonical(value.parts.length > 0 ? value.parts.map(part => this.part(part, from)).join('') : this.unresolved(value, from));
  }

  /** Whatever a text may turn out to be, with wildcards for what may be anything. */
  public widest(text: string): readonly string[] {
    const [, before, account, after] = /^(arn:aws:iam::|)(\d{12})(:root|)$/.exec(text) ?? [];
    if (account !== undefined && (before === '') === (after === '')) {
      return this.environments.accountsMeant(account).map(each => before + each + after);
    }
    return [this.generated.widest(this.environments.widest(this.symbols.widest(text)))];
  }

  /** As a person reads it. */
  public shown(text: string): string {
    return this.symbols.shown(text);
  }

  /** A name of something that isn't in the app, and is none that a policy names. */
  public stranger(what: string): string {
    return this.symbols.name(`stranger ${what}`, what);
  }

  /**
   * A text of another app with the symbols that this one has for the same things. What only the other has is like nothing here.
   *
   * @param counterpartOf the resource of this app that is one of the other
   */
  public adopted(text: string, from: Names, counterpartOf: (resource: Resource) => Resource | undefined): string {
    return from.symbols.replaced(text, ({ key, shown, isOpen, of }) => {
      const known = of && counterpartOf(of.resource);
      if (known) return this.symbol(known, of.attribute);
      const here = of ? `only there ${key}` : key;
      return isOpen ? this.symbols.open(here, shown) : this.symbols.name(here, shown);
    });
  }

  private part(part: Part, from: Resource): string {
    return typeof part === 'string' ? part : this.text(part, from) ?? this.unresolved(part, from);
  }

  private unresolved(value: Value, { source }: Resource): string {
    const why = value.why ?? String(value);
    return this.environments.pseudoParameter(why, source) ?? this.symbols.open(`${source.name} ${why}`, why);
  }

  private attribute(resource: Resource, attribute: string): string {
    const format = ARN_FORMATS.get(resource.type);
    if (format?.arns.includes(attribute)) return this.arnOf(resource);
    if (format?.names.includes(attribute)) return this.nameOf(format, resource);
    if (resource.type === 'AWS::Logs::LogGroup' && attribute === 'Arn') return `${this.arnOf(resource)}:*`;
    if (attribute === 'StreamArn') return `${this.arnOf(resource)}/stream/${this.symbol(resource, attribute)}`;
    if (attribute === 'Ref' || attribute === 'AliasArn' || attribute === 'FunctionArn') {
      const qualified = this.qualified(resource);
      if (qualified !== undefined) return qualified;
    }
    return attribute === 'Arn' ? this.arnOf(resource) : this.symbol(resource, attribute);
  }

  /** Versions and aliases of functions, and aliases of keys. */
  private qualified(resource: Resource): string | undefined {
    const { type } = resource;
    if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') {
      const name = type === 'AWS::Lambda::Alias' ? this.text(resource.get('Name'), resource) : undefined;
      return `${this.functionArn(resource)}:${name ?? this.symbol(resource, 'Version')}`;
    }
    return type === 'AWS::KMS::Alias' ? this.text(resource.get('AliasName'), resource) : undefined;
  }

  private functionArn(qualifier: Resource): string {
    const named = qualifier.get('FunctionName');
    const [fn] = named.targets;
    if (fn && fn.type !== qualifier.type) return this.arnOf(fn);
    const text = this.text(named, qualifier) ?? this.symbol(qualifier, 'FunctionName');
    const { source } = qualifier;
    return text.startsWith('arn:') ? text : `arn:aws:lambda:${this.environments.region(source)}:${this.environments.account(source)}:function:${text}`;
  }

  private filled(format: ArnFormat, resource: Resource): string {
    const name = this.nameOf(format, resource);
    const fields: Record<string, () => string> = {
      region: () => this.environments.region(resource.source),
      account: () => this.environments.account(resource.source),
      path: () => this.given(resource, 'Path', '/'),
      // Rules of the bus that each account has are named without it.
      bus: () => this.busOf(resource),
      slash: () => name.startsWith('/') ? '' : '/',
      // What is in no group is in the one that each account has.
      group: () => this.given(resource, 'GroupName', 'default'),
      version: () => this.symbol(resource, 'Version'),
      // Secrets Manager adds six characters, which policies write as six question marks.
      suffix: () => this.symbol(resource, 'Suffix').repeat(6),
      name: () => name,
    };
    return `arn:aws:${format.arn.replace(/\{(\w+)\}/g, (_, field: string) => fields[field]?.() ?? this.symbol(resource, field))}`;
  }

  /** What stands before the name of a rule in its ARN. A bus may be given by its name or its ARN. */
  private busOf(rule: Resource): string {
    const bus = this.given(rule, 'EventBusName', 'default').replace(/^arn:.*:event-bus\//, '');
    return bus === 'default' ? '' : `${bus}/`;
  }

  /** What a property reads like, or what AWS takes for it where it isn't set. One of several is neither of them, and not what AWS takes. */
  private given(resource: Resource, property: string, unset: string): string {
    const value = resource.get(property);
    return value.kind === 'absent' ? unset : this.text(value, resource) ?? this.symbol(resource, property);
  }

  /** The physical name, or the symbol for the one that CloudFormation makes up. */
  private nameOf({ name, names: attributes }: ArnFormat, resource: Resource): string {
    const known = this.physical.get(resource);
    if (known !== undefined) return known;
    const generated = this.symbol(resource, attributes[0] ?? 'Name');
    // Names that refer to each other in a circle end here.
    this.physical.set(resource, generated);
    const given = name === undefined ? Value.ABSENT : resource.get(name);
    const text = given.kind === 'absent' ? generated : this.text(given, resource) ?? generated;
    this.physical.set(resource, text);
    return text;
  }

  private symbol(resource: Resource, attribute: string): string {
    const shown = attribute === 'Ref' ? resource.constructPath : `${resource.constructPath}.${attribute}`;
    const key = `${resource.id} ${attribute}`;
    // What custom resources and other stacks give back may be anything, ARNs included.
    const isOpen = !resource.type.startsWith('AWS::') || resource.type.startsWith('AWS::CloudFormation::') || attribute.includes('[');
    const of = { resource, attribute };
    return isOpen ? this.symbols.open(key, shown, of) : this.symbols.name(key, shown, of);
  }
}

/** No request crosses partitions: what a policy or a request says in one of them is said as if there were but this one. */
function canonical(text: string): string {
  return text.startsWith('arn:aws-') ? text.replace(/^arn:aws-[a-z-]+:/, 'arn:aws:') : text;
}
