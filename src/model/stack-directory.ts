import { DEEPEST_NESTING } from './nesting';
import type { Resource } from './resource';
import type { Scope } from './scope';
import type { TemplateSource } from './template-source';
import { isMap, Value } from './value';

/**
 * Finds what one stack of the app takes from another: exports, outputs of stacks by name, outputs of nested stacks, and what the
 * CDK carries over to other regions.
 */
export class StackDirectory {
  private readonly scopes = new Map<TemplateSource, Scope>();
  private readonly nested = new Map<string, Scope>();
  private readonly byStackName = new Map<string, Scope[]>();
  private readonly exports = new Map<string, { scope: Scope; output: string }[]>();
  private readonly carried = new Map<string, { scope: Scope; value: Value }[]>();
  private depth = 0;

  public add(scope: Scope): void {
    this.scopes.set(scope.source, scope);
    const { nestedIn, stackName } = scope.source;
    if (nestedIn) this.nested.set(`${nestedIn.source.name}#${nestedIn.logicalId}`, scope);
    else if (stackName !== undefined) append(this.byStackName, stackName, scope);
  }

  public scopeOf(source: TemplateSource): Scope | undefined {
    return this.scopes.get(source);
  }

  /** What `read` gives; nothing where texts and stacks refer to each other more deeply than any hand or tool writes. */
  public deeper<T>(read: () => T): T | undefined {
    if (this.depth > DEEPEST_NESTING) return undefined;
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** Notes what each stack exports, once all are known: a name may depend on parameters that a parent passes on. */
  public indexExports(): void {
    for (const scope of this.scopes.values()) {
      for (const [output, declaration] of Object.entries(scope.section('Outputs'))) {
        if (!isMap(declaration) || !isMap(declaration.Export) || isLeftOut(declaration, scope)) continue;
        const name = scope.read(declaration.Export.Name);
        if (name.kind === 'absent') continue;
        const key = name.text ?? String(name);
        append(this.exports, key, { scope, output });
      }
    }
    for (const scope of this.scopes.values()) {
      for (const writer of scope.resources.values()) {
        if (writer.type !== 'Custom::CrossRegionExportWriter' || writer.exists === 'no') continue;
        for (const [name, value] of writer.get('WriterProps.exports').entries) append(this.carried, name, { scope, value });
      }
    }
  }

  /** What `Fn::ImportValue` gives in a stack. */
  public exported(name: Value, from: TemplateSource): Value {
    const exporters = this.exports.get(name.text ?? String(name)) ?? [];
    const found = nearest(exporters, ({ scope }) => scope.source, from);
    return found ? found.scope.output(found.output) : Value.unknown(`import ${name}`);
  }

  /** What `Fn::GetStackOutput` gives in a stack. */
  public stackOutput(stackName: string, output: string, region: string | undefined, from: TemplateSource): Value {
    const found = nearest(this.byStackName.get(stackName) ?? [], scope => scope.source, { ...from, region: region ?? from.region });
    return found ? found.output(output) : Value.unknown(`output ${output} of stack ${stackName}`);
  }

  /** What an attribute of a resource stands for that only passes on a value from elsewhere. */
  public follow(resource: Resource, attribute: string): Value | undefined {
    if (!passesOn(resource)) return undefined;
    if (resource.type !== STACK) return this.carriedOver(attribute, resource.source);
    return attribute.startsWith('Outputs.') ? this.nested.get(resource.id)?.output(attribute.slice('Outputs.'.length)) : undefined;
  }

  /** What the CDK's export writer in another region puts under a name for the stacks of this one. */
  private carriedOver(name: string, into: TemplateSource): Value | undefined {
    // The region differs by its nature; the stage and the account tell apps apart.
    return nearest(this.carried.get(name) ?? [], ({ scope }) => ({ ...scope.source, region: undefined }), into)?.value;
  }
}

const STACK = 'AWS::CloudFormation::Stack';

/** Whether attributes of a resource may stand for what comes from elsewhere. */
export function passesOn({ type }: Resource): boolean {
  return type === STACK || type === 'Custom::CrossRegionExportReader';
}

/** Whether its condition keeps an output from being there, so that another may export by the same name. */
function isLeftOut({ Condition }: Record<string, unknown>, scope: Scope): boolean {
  return typeof Condition === 'string' && scope.condition(Condition) === 'no';
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** The one of several that share a name: of the same stage if it has one, else of the same environment; never a guess between two. */
function nearest<T>(candidates: readonly T[], sourceOf: (candidate: T) => TemplateSource, from: TemplateSource): T | undefined {
  const sameRegion = candidates.filter(candidate => compatible(sourceOf(candidate), from));
  const sameStage = sameRegion.filter(candidate => sourceOf(candidate).assembly === from.assembly);
  const narrowed = sameStage.length > 0 ? sameStage : sameRegion;
  return narrowed.length === 1 ? narrowed[0] : undefined;
}

function compatible(one: TemplateSource, other: TemplateSource): boolean {
  const agree = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;
  return agree(one.account, other.account) && agree(one.region, other.region);
}
