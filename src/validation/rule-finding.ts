import { FindingReason, ReportedFinding } from './finding';
import { findingFingerprint } from './fingerprint';
import { isFrameworkManaged } from '../model/framework';
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
  public readonly severity: Severity;
  public readonly verdict: 'violated' | 'undecided';
  public readonly constructPath: string;
  public readonly logicalId: string;
  public readonly property?: string;
  public readonly stack: string;
  public readonly templateFile?: string;
  public readonly framework: boolean;
  private said: string | undefined = undefined;
  private found: readonly Reason[] | undefined = undefined;

  /** @param frameworkSeverity how severe it is on what the CDK makes for its own work */
  constructor(public readonly rule: Rule, private readonly judgement: Judgement, severity: Severity, frameworkSeverity?: Severity) {
    const { resource, holds, property } = judgement;
    this.verdict = holds === 'no' ? 'violated' : 'undecided';
    const { source } = resource;
    this.constructPath = resource.constructPath;
    this.logicalId = resource.logicalId;
    this.property = property;
    this.stack = source.name;
    this.templateFile = source.file;
    this.framework = isFrameworkManaged(resource);
    this.severity = this.framework ? frameworkSeverity ?? severity : severity;
  }

  public get message(): string {
    return this.said ??= this.judgement.message();
  }

  public get reasons(): readonly FindingReason[] {
    if (!this.judgement.reasons) return NO_REASONS;
    return this.chain.map(({ resource, property, text }) => ({ constructPath: resource.constructPath, property, text }));
  }

  public get resourceType(): string {
    return this.judgement.resource.type;
  }

  public get value(): string | undefined {
    const value = this.what;
    return value && String(value);
  }

  public get source(): SourcePlace | undefined {
    return this.judgement.resource.sourcePlace(this.property);
  }

  public get functionPath(): string | undefined {
    return [this.judgement, ...this.chain].find(({ resource }) => resource.type === 'AWS::Lambda::Function')?.resource.constructPath;
  }

  public get fingerprint(): string {
    return findingFingerprint(this.rule.id, this.constructPath, this.property, this.what);
  }

  /** The steps that led to it. */
  private get chain(): readonly Reason[] {
    return this.found ??= this.judgement.reasons?.() ?? NO_REASONS;
  }

  /** What stands in the place that it names. */
  private get what(): Value | string | undefined {
    const { resource, value, property } = this.judgement;
    return value ?? (property === undefined ? undefined : resource.get(property));
  }
}

const NO_REASONS: readonly never[] = [];
