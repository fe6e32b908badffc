import { engineFinding, RULE_FAILED } from './engine-rules';
import { Finding, ReportedFinding } from './finding';
import { findingFingerprint } from './fingerprint';
import { AppModel, compare } from '../model/app-model';
import { isFrameworkManaged } from '../model/framework';
import { Resource } from '../model/resource';
import { Judgement, Rule } from '../rules/define-rule';
import { OptionValues, RuleOptions } from '../rules/rule-options';
import { Severity } from '../rules/severity';

/** A rule as the user wants it. */
export interface ConfiguredRule {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: OptionValues<RuleOptions>;
}

/** What the rules say of an app. */
export interface Outcome {
  readonly findings: readonly ReportedFinding[];
  /** What a rule applies to and finds in order. */
  readonly compliant: readonly Compliant[];
}

export interface Compliant {
  readonly rule: Rule;
  readonly resource: Resource;
}

/** Runs each rule by itself: one that throws is a finding of its own and hides nothing. */
export function runRules(app: AppModel, rules: readonly ConfiguredRule[]): Outcome {
  const findings: ReportedFinding[] = [];
  const compliant: Compliant[] = [];
  for (const configured of rules) {
    try {
      for (const judgement of configured.rule.check(app, configured.options)) {
        if (judgement.holds === 'yes') compliant.push({ rule: configured.rule, resource: judgement.resource });
        else findings.push(finding(configured, judgement));
      }
    } catch (error) {
      findings.push(failure(app, configured.rule, error));
    }
  }
  return { findings: findings.sort(byPlace), compliant };
}

function finding({ rule, severity }: ConfiguredRule, judgement: Judgement): ReportedFinding {
  const { resource, property } = judgement;
  const reasons = judgement.reasons?.() ?? [];
  const value = judgement.value ?? (property === undefined ? undefined : resource.get(property));
  return {
    rule,
    severity,
    verdict: judgement.holds === 'no' ? 'violated' : 'undecided',
    message: judgement.message(),
    reasons: reasons.map(({ resource: on, property: at, text }) => ({ constructPath: on.constructPath, property: at, text })),
    constructPath: resource.constructPath,
    logicalId: resource.logicalId,
    resourceType: resource.type,
    property,
    value: value && String(value),
    stack: resource.source.name,
    templateFile: resource.source.file,
    // Found when somebody asks: most findings of an app that is validated at each synth are never shown.
    get source() { return resource.sourcePlace(property); },
    functionPath: [resource, ...reasons.map(reason => reason.resource)].find(isFunction)?.constructPath,
    framework: isFrameworkManaged(resource),
    get fingerprint() { return findingFingerprint(rule.id, resource.constructPath, property, value); },
    status: 'open',
  };
}

function isFunction({ type }: Resource): boolean {
  return type === 'AWS::Lambda::Function';
}

/** A rule that threw: an error in this library, said as such, and never acknowledged with the rule itself. */
function failure(app: AppModel, rule: Rule, error: unknown): ReportedFinding {
  const stack = app.scopes[0]?.source.name ?? '';
  const message = `rule \`${rule.id}\` failed with \`${error instanceof Error ? error.message : String(error)}\`, so nothing is known of what it checks`;
  return { ...engineFinding(RULE_FAILED, message, rule.id), constructPath: stack, stack, status: 'open' };
}

/** The order of all reports, which depends on nothing but the findings. */
export function byPlace(a: Finding, b: Finding): number {
  return compare(a.rule.id, b.rule.id) || compare(a.stack, b.stack) || compare(a.constructPath, b.constructPath)
    || compare(a.property ?? '', b.property ?? '')
    || (a.source?.line ?? 0) - (b.source?.line ?? 0) || compare(a.message, b.message);
}
