import { RenderOptions } from './format';
import { SourcePlace } from '../model/template-source';
import { FRAMEWORKS } from '../rules/compliance-frameworks';
import { Compliance } from '../rules/define-rule';
import { Severity } from '../rules/severity';
import { isEngineRule } from '../validation/engine-rules';
import { FindingRule, ReportedFinding } from '../validation/finding';
import { Scan } from '../validation/scan';

/** From the worst to the least. */
export const SEVERITIES: readonly Severity[] = Object.values(Severity);

/** The findings that a report lists, the worst first. */
export function listed({ findings }: Scan, { undecided = false }: RenderOptions): ReportedFinding[] {
  return SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity && (undecided || finding.verdict === 'violated')));
}

/** What somebody has to do something about. */
export function isToDo({ status, verdict }: ReportedFinding): boolean {
  return status === 'open' && verdict === 'violated';
}

/** How many of each severity there are, without those of which there are none: `2 critical, 1 low`. */
export function bySeverity(findings: readonly ReportedFinding[]): string {
  return SEVERITIES.map(severity => [findings.filter(finding => finding.severity === severity).length, severity] as const)
    .filter(([number]) => number > 0).map(([number, severity]) => `${number} ${severity}`).join(', ');
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What was looked at, in words. */
export function coverage({ coverage: { stacks, nestedStacks, resources, undecided }, rules }: Scan): string {
  const nested = nestedStacks > 0 ? ` and ${count(nestedStacks, 'nested stack')}` : '';
  const open = undecided > 0 ? `; ${undecided} left open until deployment` : '';
  return `${count(rules.length, 'rule')} checked ${count(resources, 'resource')} in ${count(stacks, 'stack')}${nested}${open}`;
}

/** The controls that a rule helps to meet, each with the name of its framework. */
export function controls({ compliance }: FindingRule): string[] {
  return (Object.keys(compliance) as (keyof Compliance)[]).flatMap(framework => compliance[framework]!.map(id => `${FRAMEWORKS[framework]} ${id}`));
}

/** Where the page of a rule is, if it is one of ours. */
export function pageOf({ id, tool }: FindingRule): string | undefined {
  if (tool !== undefined) return undefined;
  return isEngineRule(id) ? `${DOCS}/engine-rules.md#${id.replace('/', '')}` : `${DOCS}/rules/${id}.md`;
}

/** A place with its file as it is called below `root`, with slashes, whatever system it comes from. */
export function placeBelow(place: SourcePlace, root = ''): SourcePlace {
  const [file, folder] = [place.file, root].map(path => path.replace(/\\/g, '/'));
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return { ...place, file: root !== '' && file.startsWith(prefix) ? file.slice(prefix.length) : file };
}

/** A text in which what would change the terminal or the order of characters can be seen instead. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, character =>
    `\\u{${character.charCodeAt(0).toString(16)}}`);
}

const DOCS = 'https://github.com/cdk-secure-serverless/cdk-secure-serverless/blob/main/docs';
