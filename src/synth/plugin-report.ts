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
 * @param findings those that the CDK is told of, as far as neither a waiver nor the baseline covers them
 * @param outdir where the assembly is written
 */
export function pluginReport(
  { coverage, notices }: Scan, findings: readonly ReportedFinding[], policy: Policy, names: PluginNames, outdir: string,
): PolicyValidationPluginReport {
  const violations = new Violations(policy, names, outdir);
  for (const finding of findings) {
    // The CDK suppresses acknowledged findings by itself, and keeps their place and reason in its report.
    if (finding.status === 'open' || finding.status === 'acknowledged') violations.add(finding);
  }
  return {
    success: violations.success,
    violations: violations.all,
    metadata: {
      ...Object.fromEntries(Object.entries(coverage).map(([what, count]) => [what, String(count)])),
      ...notices.length > 0 ? { notices: notices.join('\n') } : {},
    },
  };
}

type Violation = PolicyViolation & { readonly violatingResources: PolicyViolatingResource[] };

/** What findings of one rule have in common, on which it depends what the CDK makes of them. */
interface Kind extends Pick<ReportedFinding, 'rule' | 'severity' | 'verdict' | 'framework'> {
  readonly fails: boolean;
  /** The severity that the CDK is told. */
  readonly reported: string;
  readonly fix: string;
  readonly bySaid: Map<string, Violation>;
}

/** The violations of a report. There may be many thousands of findings, and most are of the kind of the one before. */
class Violations {
  public readonly all: Violation[] = [];
  public success = true;

  private readonly kinds: Kind[] = [];
  private latest: Kind | undefined = undefined;
  private readonly templatePaths = new Map<string, string>();

  constructor(private readonly policy: Policy, private readonly names: PluginNames, private readonly outdir: string) {}

  public add(finding: ReportedFinding): void {
    const kind = this.latest && isOf(this.latest, finding) ? this.latest : this.latest = this.kindOf(finding);
    if (kind.fails && finding.status === 'open') this.success = false;
    const said = description(finding);
    let violation = kind.bySaid.get(said);
    if (!violation) {
      const { rule, severity, verdict } = kind;
      violation = {
        ruleName: this.names.rule(rule.id),
        description: said,
        fix: kind.fix,
        severity: kind.reported,
        ruleMetadata: { severity, verdict, summary: rule.summary },
        violatingResources: [],
      };
      kind.bySaid.set(said, violation);
      this.all.push(violation);
    }
    violation.violatingResources.push(this.resource(finding));
  }

  private kindOf(finding: ReportedFinding): Kind {
    const known = this.kinds.find(kind => isOf(kind, finding));
    if (known) return known;
    const { rule, severity, verdict, framework } = finding;
    const fails = this.policy.fails(finding);
    const reported = severityOf(finding, fails);
    const kind = { rule, severity, verdict, framework, fails, reported, fix: fix(finding, reported, this.names), bySaid: new Map() };
    this.kinds.push(kind);
    return kind;
  }

  private resource({ constructPath, logicalId, templateFile, property }: Finding): PolicyViolatingResource {
    // As the CDK names what it has traces of.
    const locations = property ? [`Properties.${property}`] : [];
    if (!logicalId || !templateFile) return { constructPath, locations };
    let templatePath = this.templatePaths.get(templateFile);
    if (templatePath === undefined) this.templatePaths.set(templateFile, templatePath = path.join(this.outdir, templateFile));
    return { constructPath, resourceLogicalId: logicalId, templatePath, locations };
  }
}

function isOf(kind: Kind, { rule, severity, verdict, framework }: ReportedFinding): boolean {
  return kind.rule === rule && kind.severity === severity && kind.verdict === verdict && kind.framework === framework;
}

/** What is wrong, and how it came to be. */
export function description({ verdict, message, reasons }: Finding): string {
  const said = verdict === 'undecided' ? `only deployment can tell whether ${message}` : message;
  return reasons.length > 0 ? `${said} (${reasons.map(({ text }) => text).join(', ')})` : said;
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
