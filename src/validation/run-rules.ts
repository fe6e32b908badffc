import { engineFinding, RULE_FAILED } from './engine-rules';
import { Finding, ReportedFinding } from './finding';
import { RuleFinding } from './rule-finding';
import { AppModel, compare } from '../model/app-model';
import { Resource } from '../model/resource';
import { Rule } from '../rules/define-rule';
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
  readonly compliant: readonly Compliance[];
}

/** What a rule applies to and finds in order. */
export interface Compliance {
  readonly rule: Rule;
  readonly resources: readonly Resource[];
}

/**
 * Runs each rule by itself: one that throws is a finding of its own and hides nothing.
 *
 * @param frameworkSeverity how severe findings are on what the CDK makes for its own work; unless given, as severe as others
 */
export function runRules(app: AppModel, rules: readonly ConfiguredRule[], frameworkSeverity?: Severity): Outcome {
  const findings: ReportedFinding[] = [];
  const compliant: Compliance[] = [];
  for (const { rule, severity, options } of rules) {
    const resources: Resource[] = [];
    try {
      for (const judgement of rule.check(app, options)) {
        if (judgement.holds === 'yes') resources.push(judgement.resource);
        else findings.push(new RuleFinding(rule, judgement, severity, frameworkSeverity));
      }
    } catch (error) {
      findings.push(failure(app, rule, error));
    }
    if (resources.length > 0) compliant.push({ rule, resources });
  }
  return { findings: findings.sort(byPlace), compliant };
}

/** A rule that threw: an error in this library, said as such, and never acknowledged with the rule itself. */
function failure(app: AppModel, rule: Rule, error: unknown): ReportedFinding {
  const stack = app.scopes[0]?.source.name ?? '';
  const message = `rule \`${rule.id}\` failed with \`${error instanceof Error ? error.message : String(error)}\`, so nothing is known of what it checks`;
  return { ...engineFinding(RULE_FAILED, message, rule.id), constructPath: stack, stack, status: 'open' };
}

/** The order of all reports, which depends on nothing but the findings. */
export function byPlace(a: Finding, b: Finding): number {
  return (a.rule === b.rule ? 0 : compare(a.rule.id, b.rule.id)) || (a.stack === b.stack ? 0 : compare(a.stack, b.stack))
    || compare(a.constructPath, b.constructPath) || (a.property === b.property ? 0 : compare(a.property ?? '', b.property ?? ''))
    || (a.source?.line ?? 0) - (b.source?.line ?? 0) || compare(a.message, b.message);
}
