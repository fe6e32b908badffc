import { SourcePlace } from '../model/template-source';
import { RuleMetadata } from '../rules/define-rule';
import { Severity } from '../rules/severity';

/**
 * One place in an app that breaks one rule, or of which the rule can't tell before deployment.
 */
export interface Finding {
  readonly rule: FindingRule;
  readonly severity: Severity;
  /** `violated`, or `undecided` where it depends on what only deployment knows. */
  readonly verdict: 'violated' | 'undecided';
  /** What is wrong with the value and what was expected. */
  readonly message: string;
  readonly reasons: readonly FindingReason[];

  readonly constructPath: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** The property to change, below `Properties`; without it, the resource as a whole. */
  readonly property?: string;
  /** What stands there, as a message shows it. */
  readonly value?: string;

  /** The stack, as a person knows it. */
  readonly stack: string;
  /** The file of its template, relative to the assembly. */
  readonly templateFile?: string;
  /** Where in the user's code it was set. */
  readonly source?: SourcePlace;

  /** The construct path of the function it is about, if it is about one: the resource itself, or the first on the way to it. */
  readonly functionPath?: string;
  /** Whether the CDK made the resource for its own work, so that a user can't change it. */
  readonly framework: boolean;
  /** The same in each run, whatever else changes in the app. */
  readonly fingerprint: string;
}

/** What a report says about the rule of a finding: one of this library, or whatever is known of another tool's. */
export interface FindingRule extends RuleMetadata {
  /** The name of the tool that has the rule, if it isn't this one. */
  readonly tool?: string;
}

/** One step on the way to a finding. */
export interface FindingReason {
  readonly constructPath: string;
  readonly property?: string;
  readonly text: string;
}

/** A finding, and what has been decided about it. */
export interface ReportedFinding extends Finding {
  /** `open` unless a waiver, the baseline or an acknowledgement in code covers it. */
  readonly status: 'open' | 'waived' | 'baseline' | 'acknowledged';
  /** Why it isn't open, in the words of whoever decided it. */
  readonly reason?: string;
}

/** All that a finding says, as data. */
export function dataOf(finding: ReportedFinding): ReportedFinding {
  const { rule, severity, verdict, message, reasons, constructPath, logicalId, resourceType, property, value } = finding;
  const { stack, templateFile, source, functionPath, framework, fingerprint, status, reason } = finding;
  return {
    rule,
    severity,
    verdict,
    message,
    reasons,
    constructPath,
    logicalId,
    resourceType,
    property,
    value,
    stack,
    templateFile,
    source,
    functionPath,
    framework,
    fingerprint,
    status,
    reason,
  };
}

/** The same finding, of which somebody has decided. */
export function decided(finding: ReportedFinding, status: ReportedFinding['status'], reason?: string): ReportedFinding {
  return Object.assign(Object.create(finding), { status, reason });
}
