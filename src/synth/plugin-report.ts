import * as path from 'path';
import { PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation } from 'aws-cdk-lib';
import { acknowledgementLine } from '../validation/acknowledgement-line';
import { RULE_FAILED } from '../validation/engine-rules';
import { Finding, ReportedFinding } from '../validation/finding';
import { Policy } from '../validation/policy';
import { Scan } from '../validation/scan';

/** How a plugin speaks of its rules. */
export interface PluginNames {
  readonly plugin: string;
  /** The name of a rule in the report. */
  readonly rule: (id: string) => string;
}

/**
 * What the CDK reports of a scan. Findings of a rule that say the same share one violation, because all that the CDK prints of a
 * resource is the description of its violation. It repeats fix and metadata with each violation, not with each resource.
 *
 * @param findings those that the CDK is told of: open ones, and acknowledged ones that it suppresses by itself
 * @param outdir where the assembly is written
 */
export function pluginReport(
  { coverage, notices }: Scan, findings: readonly ReportedFinding[], policy: Policy, names: PluginNames, outdir: string,
): PolicyValidationPluginReport {
  const violations = new Map<string, PolicyViolation>();
  for (const finding of findings) {
    const severity = severityOf(finding, policy);
    const said = description(finding);
    const key = `${finding.rule.id} ${severity} ${said}`;
    const violation = violations.get(key) ?? {
      ruleName: names.rule(finding.rule.id),
      description: said,
      fix: fix(finding, severity === 'fatal' ? undefined : acknowledgementLine(names.rule(finding.rule.id), names.plugin)),
      severity,
      ruleMetadata: { severity: finding.severity, verdict: finding.verdict, summary: finding.rule.summary },
      violatingResources: [],
    };
    violation.violatingResources.push(resource(finding, outdir));
    violations.set(key, violation);
  }
  return {
    success: !findings.some(finding => finding.status === 'open' && policy.fails(finding)),
    violations: [...violations.values()],
    metadata: {
      ...Object.fromEntries(Object.entries(coverage).map(([what, count]) => [what, String(count)])),
      ...notices.length > 0 ? { notices: notices.join('\n') } : {},
    },
  };
}

/** What is wrong, and how it came to be. */
export function description({ verdict, message, reasons }: Finding): string {
  const undecided = verdict === 'undecided' ? 'only deployment can tell whether ' : '';
  return `${undecided}${message}${reasons.length > 0 ? ` (${reasons.map(({ text }) => text).join(', ')})` : ''}`;
}

/**
 * The severity by which the CDK decides as soon as one finding of the plugin has been acknowledged: it then goes by the others'
 * severity, not by `success`. A rule that threw can't be acknowledged.
 */
function severityOf(finding: ReportedFinding, policy: Policy): string {
  if (policy.fails(finding)) return finding.rule.id === RULE_FAILED.id ? 'fatal' : 'error';
  return finding.verdict === 'undecided' || finding.severity === 'informational' ? 'info' : 'warning';
}

function fix({ rule, severity }: Finding, acknowledge: string | undefined): string {
  return [
    rule.remedy, rule.fix, `Why it matters (${severity}): ${rule.rationale}`, ...acknowledge ? ['Or accept it, with a reason:', acknowledge] : [],
  ].join('\n');
}

function resource({ constructPath, logicalId, templateFile, property }: Finding, outdir: string): PolicyViolatingResource {
  return {
    constructPath,
    ...logicalId && templateFile ? { resourceLogicalId: logicalId, templatePath: path.join(outdir, templateFile) } : {},
    // As the CDK names what it has traces of.
    locations: property ? [`Properties.${property}`] : [],
  };
}
