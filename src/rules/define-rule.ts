import { OptionValues, RuleOptions } from './rule-options';
import { Severity } from './severity';
import { AppModel } from '../model/app-model';
import { Resource } from '../model/resource';
import { Verdict } from '../model/verdict';

/** Controls of public frameworks that a rule helps to meet, as their publishers write them. */
export interface Compliance {
  /** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html */
  readonly securityHub?: readonly string[];
  /** NIST SP 800-53 revision 5. */
  readonly nist80053?: readonly string[];
  /** PCI DSS 4.0.1. */
  readonly pciDss?: readonly string[];
  /** Sections of the HIPAA Security Rule. */
  readonly hipaa?: readonly string[];
  /** CIS AWS Foundations Benchmark 3.0. */
  readonly cis?: readonly string[];
  /** OWASP Serverless Top 10: `A1` to `A10`. */
  readonly owaspServerless?: readonly string[];
  /** The 12 risks of the Cloud Security Alliance: `SAS-1` to `SAS-12`. */
  readonly csaSas?: readonly string[];
}

/** What a person reads about a rule. All wording about it stands here; reports and pages are made of it. */
export interface RuleMetadata {
  /** `service/what-is-required`, which is also the path of its file. Never used again for another rule. */
  readonly id: string;
  readonly severity: Severity;
  /** What is required, as one sentence without a period. */
  readonly summary: string;
  /** What can happen otherwise. */
  readonly rationale: string;
  /** What to do about a finding, in words. */
  readonly remedy: string;
  /** The code to paste, in terms of the CDK. */
  readonly fix: string;
  /** Pages of AWS that say so. */
  readonly references: readonly string[];
  /** Who else checks this, by name, with their ids: `{ 'cdk-nag': ['AwsSolutions-SQS4'] }`. */
  readonly peers: Readonly<Record<string, readonly string[]>>;
  readonly compliance: Compliance;
}

/** What a rule says of one resource it applies to. */
export interface Judgement {
  /** The resource to change, which may be another one than where the rule began to look. */
  readonly resource: Resource;
  /** The property to change, below `Properties`; without it, the resource as a whole. */
  readonly property?: string;
  /** What a report shows of the property, where it may not repeat what stands there: of a secret, enough to find it. */
  readonly value?: string;
  /** Whether what the rule requires holds. */
  readonly holds: Verdict;
  /** If it doesn't hold: what is wrong, the value in backticks, and what was expected; lowercase, no period. */
  readonly message: () => string;
  /** What led to it: other resources and statements, in the order in which one follows from the other. */
  readonly reasons?: () => readonly Reason[];
}

/** One step on the way to a judgement. */
export interface Reason {
  readonly resource: Resource;
  readonly property?: string;
  readonly text: string;
}

/** A rule: a pure function over the model, which knows of no other rule. */
export interface Rule<O extends RuleOptions = RuleOptions> extends RuleMetadata {
  /** What a user can set, by name. */
  readonly options?: O;
  check(app: AppModel, options: OptionValues<O>): Iterable<Judgement>;
}

/** A rule as data: its options' types meet only within its own file. */
export function defineRule<const O extends RuleOptions = {}>(rule: Rule<O>): Rule {
  return Object.freeze(rule) as unknown as Rule;
}
