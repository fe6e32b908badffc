import { createColors } from 'picocolors';
import { Renderer, RenderOptions } from './format';
import { bySeverity, count, coverage, isToDo, listed, placeBelow, SEVERITIES, visible } from './reported';
import { Severity } from '../rules/severity';
import { ReportedFinding } from '../validation/finding';
import { shownPlace } from '../validation/located-document';
import { Scan } from '../validation/scan';

type Colors = ReturnType<typeof createColors>;

/** For people: what is open, by severity and rule, with the place, the value and what to write instead; then a summary. */
export const renderText: Renderer = (scan, options = {}) => {
  const colors = createColors(options.colors ?? false);
  const open = listed(scan, options).filter(({ status }) => status === 'open');
  const violated = SEVERITIES.flatMap(severity => byRule(open.filter(finding => isToDo(finding) && finding.severity === severity)));
  const undecided = byRule(open.filter(finding => !isToDo(finding)));
  const blocks = [...violated, ...undecided].map(group => ruleBlock(group, colors, options));
  return [...blocks, summary(scan, colors)].map(lines => `${lines.join('\n')}\n`).join('\n');
};

function ruleBlock(findings: readonly ReportedFinding[], colors: Colors, options: RenderOptions): string[] {
  const [{ rule, severity, verdict }] = findings;
  const { width = 100 } = options;
  const paint = PAINT[severity];
  const label = verdict === 'violated' ? severity.toUpperCase() : 'UNDECIDED';
  return [
    `${colors[paint](colors.bold(label))} ${colors.bold(visible(rule.id))} ${visible(rule.summary)}`.trimEnd(),
    ...findings.flatMap(finding => findingLines(finding, colors, options)),
    ...rule.rationale === '' ? [] : wrapped(`Why: ${rule.rationale}`, width, '  '),
    ...rule.remedy === '' ? [] : wrapped(`Do: ${rule.remedy}`, width, '  '),
    ...rule.fix === '' ? [] : visible(rule.fix).split('\n').map(line => `    ${colors.green(line)}`),
  ];
}

function findingLines(finding: ReportedFinding, colors: Colors, { root, width = 100 }: RenderOptions): string[] {
  const { constructPath, property, message, source, reasons } = finding;
  const place = source && visible(shownPlace(placeBelow(source, root)));
  return [
    `  ${[constructPath && colors.cyan(visible(constructPath)), property && visible(property), place && colors.dim(place)].filter(Boolean).join(' ')}`,
    ...wrapped(message, width, '    '),
    ...reasons.flatMap(({ text }) => wrapped(`- ${text}`, width, '    ')).map(line => colors.dim(line)),
  ];
}

function summary(scan: Scan, colors: Colors): string[] {
  const toDo = scan.findings.filter(isToDo);
  const decided = (['waived', 'baseline', 'acknowledged'] as const).flatMap(status => {
    const number = scan.findings.filter(finding => finding.status === status).length;
    return number === 0 ? [] : [`${number} ${status === 'baseline' ? 'in the baseline' : status}`];
  });
  return [
    ...scan.notices.map(notice => `${colors.yellow('note')} ${visible(notice)}`),
    toDo.length === 0 ? colors.green('Nothing found') : colors.bold(`${count(toDo.length, 'finding')}: ${bySeverity(toDo)}`),
    ...decided.length === 0 ? [] : [decided.join(', ')],
    coverage(scan),
  ];
}

/** The findings of each rule, in the order in which the rules come. */
function byRule(findings: readonly ReportedFinding[]): ReportedFinding[][] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) groups.set(finding.rule.id, groups.get(finding.rule.id) ?? []).get(finding.rule.id)!.push(finding);
  return [...groups.values()];
}

/** Lines of at most `width` characters, as far as words allow. */
function wrapped(text: string, width: number, indent: string): string[] {
  const lines = [''];
  for (const word of visible(text).split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line !== '' && indent.length + line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map(line => indent + line);
}

const PAINT: Record<Severity, 'magenta' | 'red' | 'yellow' | 'blue' | 'gray'> = {
  [Severity.CRITICAL]: 'magenta',
  [Severity.HIGH]: 'red',
  [Severity.MEDIUM]: 'yellow',
  [Severity.LOW]: 'blue',
  [Severity.INFORMATIONAL]: 'gray',
};
