import { unparse } from 'papaparse';
import { Renderer, RenderOptions } from './format';
import { controls, placeBelow } from './reported';
import { FindingRule, ReportedFinding } from '../validation/finding';

const COLUMNS = [
  'result', 'status', 'rule', 'severity', 'construct', 'logical id', 'resource type', 'stack', 'property', 'value', 'message', 'decision',
  'file', 'line', 'controls', 'tool', 'fingerprint',
] as const;

type Row = Partial<Record<typeof COLUMNS[number], string | number>>;

/**
 * A row for each judgement, those in order included, and for each rule that had nothing to judge: what auditors ask for. The result
 * is `violated`, `undecided`, `compliant` or `not-applicable`.
 */
export const renderCsv: Renderer = (scan, options = {}) => {
  const applied = new Set([...scan.findings, ...scan.compliant].map(({ rule }) => rule.id));
  const rows: Row[] = [
    ...scan.findings.map(finding => findingRow(finding, options)),
    ...scan.compliant.flatMap(({ rule, resources }) => resources.map((resource): Row => ({
      'result': 'compliant',
      'construct': resource.constructPath,
      'logical id': resource.logicalId,
      'resource type': resource.type,
      'stack': resource.source.name,
      ...ruleCells(rule),
    }))),
    ...scan.rules.filter(({ rule }) => !applied.has(rule.id)).map(({ rule }): Row => ({ result: 'not-applicable', ...ruleCells(rule) })),
  ];
  return `${unparse({ fields: [...COLUMNS], data: rows.map(row => COLUMNS.map(column => row[column] ?? '')) }, { escapeFormulae: FORMULA })}\r\n`;
};

/** What spreadsheets would execute. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function findingRow(finding: ReportedFinding, { root }: RenderOptions): Row {
  const { rule, severity, verdict, status, message, reason, property, value, fingerprint } = finding;
  const place = finding.source && placeBelow(finding.source, root);
  return {
    'result': verdict,
    status,
    'construct': finding.constructPath,
    'logical id': finding.logicalId,
    'resource type': finding.resourceType,
    'stack': finding.stack,
    property,
    value,
    message,
    'decision': reason,
    'file': place?.file,
    'line': place?.line,
    fingerprint,
    ...ruleCells(rule),
    severity,
  };
}

function ruleCells(rule: FindingRule): Row {
  return { rule: rule.id, severity: rule.severity, controls: controls(rule).join('; '), tool: rule.tool };
}
