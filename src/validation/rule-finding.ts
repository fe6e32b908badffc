import { FindingReason, ReportedFinding } from './finding';
import { findingFingerprint } from './fingerprint';
import { isFrameworkManaged } from '../model/framework';
import { Resource } from '../model/resource';
import { SourcePlace } from '../model/template-source';
import { Value } from '../model/value';
import { Judgement, Reason, Rule } from '../rules/define-rule';
import { Severity } from '../rules/severity';

/**
 * What a rule found. It is put into words when somebody asks: most findings of an app that is validated at each synth are never
 * shown in full.
 */
export class RuleFinding implements ReportedFinding {
  public readonly status = 'open';
  private said?: string;
  private found?: readonly Reason[];

  /** @param frameworkSeverity how severe it is on what the CDK makes for its own work */
  constructor(
    public readonly rule: Rule, private readonly judgement: Judgement, private readonly ruleSeverity: Severity,
    private readonly frameworkSeverity?: Severity,
  ) {}

  public get severity(): Severity {
    return this.frameworkSeverity !== undefined && this.framework ? this.frameworkSeverity : this.ruleSeverity;
  }

  public get verdict(): 'violated' | 'undecided' {
    return this.judgement.holds === 'no' ? 'violated' : 'undecided';
  }

  public get message(): string {
    return this.said ??= this.judgement.message();
  }

  public get reasons(): readonly FindingReason[] {
    return this.chain.map(({ resource, property, text }) => ({ constructPath: resource.constructPath, property, text }));
  }

  public get constructPath(): string {
    return this.resource.constructPath;
  }

  public get logicalId(): string {
    return this.resource.logicalId;
  }

  public get resourceType(): string {
    return this.resource.type;
  }

  public get property(): string | undefined {
    return this.judgement.property;
  }

  public get value(): string | undefined {
    const value = this.what;
    return value && String(value);
  }

  public get stack(): string {
    return this.resource.source.name;
  }

  public get templateFile(): string | undefined {
    return this.resource.source.file;
  }

  public get source(): SourcePlace | undefined {
    return this.resource.sourcePlace(this.property);
  }

  public get functionPath(): string | undefined {
    return [this.resource, ...this.chain.map(({ resource }) => resource)].find(({ type }) => type === 'AWS::Lambda::Function')?.constructPath;
  }

  public get framework(): boolean {
    return isFrameworkManaged(this.resource);
  }

  public get fingerprint(): string {
    return findingFingerprint(this.rule.id, this.constructPath, this.property, this.what);
  }

  private get resource(): Resource {
    return this.judgement.resource;
  }

  /** The steps that led to it. */
  private get chain(): readonly Reason[] {
    return this.found ??= this.judgement.reasons?.() ?? [];
  }

  /** What stands in the place that it names. */
  private get what(): Value | string | undefined {
    const { value, property } = this.judgement;
    return value ?? (property === undefined ? undefined : this.resource.get(property));
  }
}
