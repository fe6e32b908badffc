import { sourcePlace } from '../model/read/source-place';
import { isMap } from '../model/value';
import { ALL_RULES } from '../rules';
import { Severity } from '../rules/severity';
import { PLUGIN_NAME } from '../validation/acknowledgement-line';
import { ENGINE_RULES } from '../validation/engine-rules';
import { FindingRule, ReportedFinding } from '../validation/finding';
import { fingerprint } from '../validation/fingerprint';
import { Fault, LocatedDocument, MalformedFile } from '../validation/located-document';
import { byPlace } from '../validation/run-rules';
import { Scan } from '../validation/scan';

/**
 * The findings in a `validation-report.json`, which the CDK writes into the assembly: those of cdk-nag, of the CDK's own engine and of any
 * other plugin. Throws a `MalformedFile` with all its faults.
 */
export function readValidationReport(text: string, file: string): ReportedFinding[] {
  const document = LocatedDocument.json(text, file);
  const report = new CheckedReport(document);
  const findings = document.faults.length > 0 ? [] : report.findings();
  const faults = [...document.faults, ...report.faults];
  if (faults.length > 0) throw new MalformedFile(faults);
  return findings.sort(byPlace);
}

/** A scan together with what other tools found. Findings of ours are left out: the scan has them, and knows more of them. */
export function joined(scan: Scan, findings: readonly ReportedFinding[]): Scan {
  return { ...scan, findings: [...scan.findings, ...findings.filter(({ rule }) => rule.tool !== undefined)].sort(byPlace) };
}

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

/** The content of a report, in which anything may stand. */
class CheckedReport {
  public readonly faults: Fault[] = [];

  constructor(private readonly document: LocatedDocument) {}

  public findings(): ReportedFinding[] {
    const { value } = this.document;
    if (!isMap(value)) {
      this.expect([], 'the file is no map, expected a report of the CDK');
      return [];
    }
    return this.maps(value, 'pluginReports', []).flatMap(([plugin, path]) => {
      const tool = this.text(plugin, 'pluginName', path);
      return [
        ...this.maps(plugin, 'violations', path).flatMap(([violation, at]) => this.violation(tool, violation, at, 'open')),
        ...plugin.suppressedViolations === undefined ? [] : this.maps(plugin, 'suppressedViolations', path)
          .flatMap(([violation, at]) => this.violation(tool, violation, at, 'acknowledged')),
      ];
    });
  }

  private violation(tool: string, violation: Fields, path: Path, status: 'open' | 'acknowledged'): ReportedFinding[] {
    const name = this.text(violation, 'ruleName', path);
    const message = this.text(violation, 'description', path);
    const rule = ruleOf(tool, name, violation, severityOf(violation));
    const reason = typeof violation.reason === 'string' ? violation.reason : undefined;
    return this.maps(violation, 'violatingConstructs', path).map(([construct, at]): ReportedFinding => {
      const constructPath = this.text(construct, 'constructPath', at);
      const { logicalId, templatePath, propertyPaths } = isMap(construct.cloudFormationResource) ? construct.cloudFormationResource : {} as Fields;
      const [property] = Array.isArray(propertyPaths) ? propertyPaths : [];
      const [trace] = Array.isArray(construct.stackTraces) ? construct.stackTraces : [];
      return {
        rule,
        severity: rule.severity,
        verdict: isMap(violation.ruleMetadata) && violation.ruleMetadata.verdict === 'undecided' ? 'undecided' : 'violated',
        message: detailOf(name) === undefined ? message : `${message} (${detailOf(name)})`,
        reasons: [],
        constructPath,
        logicalId: typeof logicalId === 'string' ? logicalId : '',
        resourceType: '',
        property: typeof property === 'string' ? property.replace(/^Properties\./, '') : undefined,
        stack: constructPath.split('/')[0],
        templateFile: typeof templatePath === 'string' ? templatePath : undefined,
        source: typeof trace === 'string' ? sourcePlace([{ type: 'aws:cdk:creationStack', data: trace.split('\n') }]) : undefined,
        framework: false,
        fingerprint: fingerprint(tool, name, constructPath, typeof property === 'string' ? property : '', message),
        status,
        reason,
      };
    });
  }

  private text(fields: Fields, name: string, path: Path): string {
    const value = fields[name];
    if (typeof value === 'string') return value;
    this.expect([...path, name], `\`${name}\` is \`${JSON.stringify(value) ?? '(not set)'}\`, expected a text`);
    return '';
  }

  /** The maps in a list, with their paths. */
  private maps(fields: Fields, name: string, path: Path): [Fields, Path][] {
    const list = fields[name];
    if (!Array.isArray(list)) {
      this.expect([...path, name], `\`${name}\` is no list`);
      return [];
    }
    return list.flatMap((element: unknown, index): [Fields, Path][] => {
      const at = [...path, name, index];
      if (isMap(element)) return [[element, at]];
      this.expect(at, `an element of \`${name}\` is no map`);
      return [];
    });
  }

  private expect(path: Path, message: string): void {
    this.faults.push({ message, place: this.document.placeOf(path) });
  }
}

/** The rule of a violation: of ours, all that is known of it; of others', what the report tells. */
function ruleOf(tool: string, name: string, violation: Fields, severity: Severity): FindingRule {
  const own = tool === PLUGIN_NAME ? OWN.get(name) : undefined;
  if (own) return { ...own, severity };
  const id = detailOf(name) === undefined ? name : name.slice(0, name.indexOf('['));
  return {
    id,
    tool,
    severity,
    // Other tools describe what they found, in which the names of resources may stand, and not what they require.
    summary: '',
    rationale: '',
    remedy: typeof violation.suggestedFix === 'string' ? violation.suggestedFix : '',
    fix: '',
    references: [],
    peers: {},
    compliance: {},
  };
}

const OWN: ReadonlyMap<string, FindingRule> = new Map([...ALL_RULES, ...ENGINE_RULES].map(rule => [rule.id, rule]));

/** What cdk-nag puts into brackets after the id of a rule: which of several findings of that rule it is. */
function detailOf(name: string): string | undefined {
  return /^[^[]+\[(.*)\]$/s.exec(name)?.[1];
}

/** The CDK knows four severities, and lets a plugin name its own. */
function severityOf({ severity, customSeverity, ruleMetadata }: Fields): Severity {
  const named = [isMap(ruleMetadata) ? ruleMetadata.severity : undefined, customSeverity]
    .map(name => Object.values(Severity).find(known => known === String(name).toLowerCase())).find(Boolean);
  return named ?? SEVERITY.get(severity) ?? Severity.MEDIUM;
}

const SEVERITY: ReadonlyMap<unknown, Severity> = new Map([
  ['fatal', Severity.HIGH], ['error', Severity.HIGH], ['warning', Severity.MEDIUM], ['info', Severity.INFORMATIONAL],
]);
