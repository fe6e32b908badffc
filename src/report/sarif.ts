import type { Location, Log, PhysicalLocation, ReportingDescriptor, Result, Run, Suppression } from 'sarif';
import { Renderer, RenderOptions } from './format';
import { controls, listed, pageOf, placeBelow } from './reported';
import { Severity } from '../rules/severity';
import { RULE_FAILED } from '../validation/engine-rules';
import { FindingRule, ReportedFinding } from '../validation/finding';
import { Scan } from '../validation/scan';

/**
 * SARIF 2.1.0, for GitHub code scanning and whatever else gathers findings. What has been decided about stays in it as suppressed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const renderSarif: Renderer = (scan, options = {}) => {
  const findings = listed(scan, options);
  const others = new Set(findings.flatMap(({ rule }) => rule.tool ?? []));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      ownRun(scan, findings.filter(({ rule }) => rule.tool === undefined), options),
      ...[...others].sort().map(tool => run(tool, [], findings.filter(({ rule }) => rule.tool === tool), options)),
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ownRun(scan: Scan, findings: readonly ReportedFinding[], options: RenderOptions): Run {
  const own = run('cdk-secure-serverless', scan.rules.map(({ rule, severity }) => ({ ...rule, severity })), findings, options);
  own.tool.driver.informationUri = 'https://github.com/cdk-secure-serverless/cdk-secure-serverless';
  own.invocations = [{
    executionSuccessful: !findings.some(({ rule }) => rule.id === RULE_FAILED.id),
    toolExecutionNotifications: scan.notices.map(notice => ({ level: 'note', message: { text: plain(notice) } })),
  }];
  own.properties = { coverage: scan.coverage };
  return own;
}

function run(tool: string, rules: readonly FindingRule[], findings: readonly ReportedFinding[], options: RenderOptions): Run {
  const descriptors = new Map<string, FindingRule>(findings.map(({ rule }) => [rule.id, rule]));
  rules.forEach(rule => descriptors.set(rule.id, rule));
  const sorted = [...descriptors.values()].sort((a, b) => a.id < b.id ? -1 : 1);
  const indexes = new Map(sorted.map(({ id }, index) => [id, index]));
  return {
    tool: { driver: { name: tool, rules: sorted.map(descriptor) } },
    columnKind: 'utf16CodeUnits',
    results: findings.map(finding => result(finding, indexes.get(finding.rule.id)!, options)),
  };
}

function descriptor(rule: FindingRule): ReportingDescriptor {
  const [text, markdown] = [help(rule, code => code), help(rule, code => `\`\`\`ts\n${code}\n\`\`\``)];
  return {
    id: rule.id,
    shortDescription: { text: rule.summary || rule.id },
    fullDescription: { text: rule.rationale || rule.summary || rule.id },
    help: { text: text || rule.id, markdown: markdown || rule.id },
    helpUri: pageOf(rule),
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { 'tags': tags(rule), 'precision': 'high', 'security-severity': SECURITY_SEVERITY[rule.severity] },
  };
}

function help({ rationale, remedy, fix, references }: FindingRule, code: (fix: string) => string): string {
  return [rationale, remedy, fix && code(fix), references.map(reference => `- ${reference}`).join('\n')].filter(part => part !== '').join('\n\n');
}

/** GitHub takes no more than 20 of a rule. */
function tags(rule: FindingRule): string[] {
  const service = rule.tool === undefined ? rule.id.split('/').slice(0, 1) : [];
  return [...new Set(['security', 'serverless', ...service, ...controls(rule)])].slice(0, 20);
}

function result(finding: ReportedFinding, ruleIndex: number, options: RenderOptions): Result {
  const { rule, severity, verdict, message, constructPath, property, value, reasons, fingerprint, stack, resourceType } = finding;
  return {
    ruleId: rule.id,
    ruleIndex,
    // Of what isn't known to be a failure, SARIF allows no level.
    ...verdict === 'violated' ? { kind: 'fail', level: LEVEL[severity] } : { kind: 'open', level: 'none' },
    message: { text: plain(constructPath === '' ? message : `${constructPath}: ${message}`) },
    locations: [{ physicalLocation: physical(finding, options), ...logical(constructPath, finding.logicalId) }],
    ...reasons.length === 0 ? {} : {
      relatedLocations: reasons.map((reason, id): Location => ({ id, message: { text: plain(reason.text) }, ...logical(reason.constructPath) })),
    },
    partialFingerprints: { 'cdkSecureServerless/v1': fingerprint },
    suppressions: suppressions(finding),
    properties: { severity, stack, resourceType, property, value },
  };
}

/** Code scanning refuses results without a file: the template, or else the file that tells the CDK where the app is. */
function physical({ source, templateFile }: ReportedFinding, { root }: RenderOptions): PhysicalLocation {
  const place = source ? placeBelow(source, root) : { file: templateFile ?? 'cdk.json' };
  const line = place.line ?? 1;
  return {
    artifactLocation: { uri: uri(place.file) },
    region: { startLine: Math.max(line, 1), ...place.column === undefined || place.column < 1 ? {} : { startColumn: place.column } },
  };
}

function logical(constructPath: string, logicalId = ''): Pick<Location, 'logicalLocations'> {
  if (constructPath === '') return {};
  return { logicalLocations: [{ fullyQualifiedName: constructPath, name: logicalId || undefined, kind: 'resource' }] };
}

/** All results of a run have them, or none has: those without are known to be open. */
function suppressions({ status, reason }: ReportedFinding): Suppression[] {
  if (status === 'open') return [];
  return [{
    kind: status === 'acknowledged' ? 'inSource' : 'external', status: 'accepted', justification: `${status}${reason === undefined ? '' : `: ${reason}`}`,
  }];
}

function uri(file: string): string {
  const path = file.replace(/\\/g, '/').replace(/\p{Surrogate}/gu, '\ufffd');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

/** SARIF makes links of `[text](target)`, which nobody here means. */
function plain(text: string): string {
  return text.replace(/\[(?=[^\]]*\]\()/g, '\\[');
}

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  [Severity.CRITICAL]: 'error',
  [Severity.HIGH]: 'error',
  [Severity.MEDIUM]: 'warning',
  [Severity.LOW]: 'note',
  [Severity.INFORMATIONAL]: 'note',
};

/** By which code scanning sorts: above 9 is critical, from 7 high, from 4 medium, and 0 none at all. */
const SECURITY_SEVERITY: Record<Severity, string> = {
  [Severity.CRITICAL]: '9.5',
  [Severity.HIGH]: '8.0',
  [Severity.MEDIUM]: '5.5',
  [Severity.LOW]: '2.0',
  [Severity.INFORMATIONAL]: '0.0',
};
