import { isEngineRule } from './engine-rules';
import { decided, ReportedFinding } from './finding';
import { Fault, LocatedDocument, MalformedFile } from './located-document';
import { completedRules, Scan } from './scan';
import { compare } from '../model/app-model';
import { isMap } from '../model/value';
import { ALL_RULES } from '../rules';

/** A finding that was there when the baseline was taken. */
export interface BaselineEntry {
  readonly rule: string;
  readonly constructPath: string;
  readonly property?: string;
  /** The beginning of what stood there, for whoever reviews the file. */
  readonly value?: string;
  /** `undecided` entries don't cover what turns out to be violated. */
  readonly verdict?: 'undecided';
  /** The tool that has the rule, if it isn't this one. */
  readonly tool?: string;
  readonly fingerprint: string;
}

const VERSION = 1;
const FIELDS: readonly (keyof BaselineEntry)[] = ['rule', 'constructPath', 'property', 'value', 'verdict', 'tool', 'fingerprint'];
const REQUIRED: readonly string[] = ['rule', 'constructPath', 'fingerprint'];
const PATTERNS: Readonly<Record<string, RegExp>> = { verdict: /^undecided$/, fingerprint: /^[0-9a-f]{32}$/ };
const LONGEST_VALUE = 100;

/** Reads a baseline; throws a `MalformedFile` with all its faults. */
export function readBaseline(text: string, file: string): readonly BaselineEntry[] {
  const document = LocatedDocument.json(text, file);
  const faults = [...document.faults, ...document.faults.length === 0 ? contentFaults(document) : []];
  if (faults.length > 0) throw new MalformedFile(faults);
  return (document.value as { findings: readonly BaselineEntry[] }).findings;
}

/** Marks the findings that the baseline has, so that only new ones are open, and names the entries that were resolved. */
export function applyBaseline(scan: Scan, baseline: readonly BaselineEntry[]): Scan {
  const { known, resolved } = compared(scan, baseline);
  return {
    ...scan,
    findings: scan.findings.map(finding => known.has(finding) && finding.status === 'open'
      ? decided(finding, 'baseline', 'was there when the baseline was taken')
      : finding),
    notices: [...scan.notices, ...resolved.map(({ rule, constructPath, property }) =>
      `the baseline has \`${rule}\` at \`${constructPath}\`${property === undefined ? '' : ` (\`${property}\`)`}, which is resolved: update the baseline`)],
  };
}

/**
 * The text of a baseline of all findings that nobody has decided about otherwise. Entries of the previous one whose rule has not run
 * to its end are kept.
 */
export function baselineText(scan: Scan, previous: readonly BaselineEntry[] = []): string {
  const judged = judgedBy(scan);
  const entries = [
    ...scan.findings.filter(({ status, rule }) => (status === 'open' || status === 'baseline') && !isEngineRule(rule.id)).map(entryOf),
    ...previous.filter(entry => !judged(entry)),
  ];
  const lines = entries.map(entry => JSON.stringify(entry, FIELDS as string[])).sort(compare);
  return `{\n"version": ${VERSION},\n"findings": [\n${lines.join(',\n')}\n]\n}\n`;
}

interface Comparison {
  /** The findings that the baseline has, whatever has been decided about them since. */
  readonly known: ReadonlySet<ReportedFinding>;
  readonly resolved: readonly BaselineEntry[];
}

/** Each entry stands for one finding: a second one of the same kind in the same place is new. */
function compared(scan: Scan, baseline: readonly BaselineEntry[]): Comparison {
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of baseline) left.set(entry.fingerprint, [...left.get(entry.fingerprint) ?? [], entry]);
  const known = new Set<ReportedFinding>();
  const take = (finding: ReportedFinding, fits: (entry: BaselineEntry) => boolean) => {
    const entries = left.get(finding.fingerprint);
    const index = entries?.findIndex(fits) ?? -1;
    if (index === -1 || isEngineRule(finding.rule.id)) return;
    entries!.splice(index, 1);
    known.add(finding);
  };
  // What is violated chooses first, since an undecided finding is covered by either kind of entry.
  scan.findings.filter(({ verdict }) => verdict === 'violated').forEach(finding => take(finding, ({ verdict }) => verdict === undefined));
  scan.findings.filter(({ verdict }) => verdict === 'undecided').forEach(finding => take(finding, () => true));
  return { known, resolved: [...left.values()].flat().filter(judgedBy(scan)) };
}

/** Whether the scan has looked for what an entry is about. Rules that there are no more have nothing to look for. */
function judgedBy(scan: Scan): (entry: BaselineEntry) => boolean {
  const completed = completedRules(scan);
  const known = new Set([...ALL_RULES, ...scan.rules.map(({ rule }) => rule)].map(({ id }) => id));
  const tools = new Set(scan.findings.map(({ rule }) => rule.tool));
  return ({ rule, tool }) => tool === undefined ? completed.has(rule) || !known.has(rule) : tools.has(tool);
}

function entryOf({ rule, constructPath, property, value, verdict, fingerprint }: ReportedFinding): BaselineEntry {
  return {
    rule: rule.id,
    constructPath,
    property,
    value: value !== undefined && value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value,
    verdict: verdict === 'undecided' ? verdict : undefined,
    tool: rule.tool,
    fingerprint,
  };
}

function contentFaults(document: LocatedDocument): Fault[] {
  const content = document.value;
  if (!isMap(content)) return [{ message: 'the file is no map, expected `version` and `findings`', place: document.placeOf([]) }];
  const { version, findings } = content;
  const faults: Fault[] = [];
  if (version !== VERSION) {
    faults.push({ message: `\`version\` is \`${JSON.stringify(version) ?? '(not set)'}\`, expected \`${VERSION}\``, place: document.placeOf(['version']) });
  }
  if (!Array.isArray(findings)) return [...faults, { message: '`findings` is no list, expected one entry an element', place: document.placeOf(['findings']) }];
  return [...faults, ...findings.flatMap((entry: unknown, index) => entryFaults(entry).map(({ field, message }) => ({
    message, place: document.placeOf(['findings', index, ...field === undefined ? [] : [field]]),
  })))];
}

function entryFaults(entry: unknown): { readonly field?: string; readonly message: string }[] {
  if (!isMap(entry)) return [{ message: `an entry is \`${JSON.stringify(entry)}\`, expected ${REQUIRED.map(field => `\`${field}\``).join(', ')}` }];
  const unknown = Object.keys(entry).filter(field => !(FIELDS as readonly string[]).includes(field))
    .map(field => ({ field, message: `there is no field \`${field}\`; there is ${FIELDS.map(known => `\`${known}\``).join(', ')}` }));
  const wrong = FIELDS.filter(field => {
    const value = entry[field];
    if (value === undefined) return REQUIRED.includes(field);
    return typeof value !== 'string' || !(PATTERNS[field]?.test(value) ?? true);
  }).map(field => ({ field, message: `\`${field}\` is \`${JSON.stringify(entry[field]) ?? '(not set)'}\`, expected what this library wrote there` }));
  return [...unknown, ...wrong];
}
