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
  const violations: Violation[] = [];
  // By rule and severity, then by what is said: texts that begin alike are slow to tell apart.
  const known = new Map<string, Map<string, Violation>>();
  const fixes = new Texts();
  const templatePaths = new Texts();
  const resource = ({ constructPath, logicalId, templateFile, property }: Finding): PolicyViolatingResource => {
    // As the CDK names what it has traces of.
    const locations = property ? [`Properties.${property}`] : [];
    if (!logicalId || !templateFile) return { constructPath, locations };
    const templatePath = templatePaths.get(templateFile, () => path.join(outdir, templateFile));
    return { constructPath, resourceLogicalId: logicalId, templatePath, locations };
  };
  let success = true;
  for (const finding of findings) {
    const fails = policy.fails(finding);
    if (fails && finding.status === 'open') success = false;
    const severity = severityOf(finding, fails);
    const said = description(finding);
    const key = `${finding.rule.id} ${severity}`;
    let ofRule = known.get(key);
    if (!ofRule) known.set(key, ofRule = new Map());
    const alike = ofRule.get(said);
    if (alike) {
      alike.violatingResources.push(resource(finding));
      continue;
    }
    const violation: Violation = {
      ruleName: names.rule(finding.rule.id),
      description: said,
      fix: fixes.get(`${finding.rule.id} ${severity} ${finding.severity}`, () => fix(finding, severity, names)),
      severity,
      ruleMetadata: { severity: finding.severity, verdict: finding.verdict, summary: finding.rule.summary },
      violatingResources: [resource(finding)],
    };
    ofRule.set(said, violation);
    violations.push(violation);
  }
  return {
    success,
    violations,
    metadata: {
      ...Object.fromEntries(Object.entries(coverage).map(([what, count]) => [what, String(count)])),
      ...notices.length > 0 ? { notices: notices.join('\n') } : {},
    },
  };
}

type Violation = PolicyViolation & { readonly violatingResources: PolicyViolatingResource[] };

/** What is wrong, and how it came to be. */
export function description({ verdict, message, reasons }: Finding): string {
  const undecided = verdict === 'undecided' ? 'only deployment can tell whether ' : '';
  return `${undecided}${message}${reasons.length > 0 ? ` (${reasons.map(({ text }) => text).join(', ')})` : ''}`;
}

/**
 * The severity by which the CDK decides as soon as one finding of the plugin has been acknowledged: it then goes by the others'
 * severity, not by `success`. A rule that threw can't be acknowledged.
 */
function severityOf(finding: ReportedFinding, fails: boolean): string {
  if (fails) return finding.rule.id === RULE_FAILED.id ? 'fatal' : 'error';
  return finding.verdict === 'undecided' || finding.severity === 'informational' ? 'info' : 'warning';
}

function fix({ rule, severity }: Finding, reported: string, { plugin, rule: nameOf }: PluginNames): string {
  return [
    rule.remedy, rule.fix, `Why it matters (${severity}): ${rule.rationale}`,
    ...reported === 'fatal' ? [] : ['Or accept it, with a reason:', acknowledgementLine(nameOf(rule.id), plugin)],
  ].join('\n');
}

/** Texts that many findings share, each made once. */
class Texts {
  private readonly made = new Map<string, string>();

  public get(key: string, make: () => string): string {
    let text = this.made.get(key);
    if (text === undefined) this.made.set(key, text = make());
    return text;
  }
}
