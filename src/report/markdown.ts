import { Renderer, RenderOptions } from './format';
import { code, htmlText, prose } from './markdown-text';
import { bySeverity, count, coverage, isToDo, listed, pageOf, placeBelow, SEVERITIES } from './reported';
import { ReportedFinding } from '../validation/finding';
import { shownPlace } from '../validation/located-document';
import { Scan } from '../validation/scan';

/** GitHub takes so many characters in a comment. */
export const LONGEST_COMMENT = 65_536;
const MOST_NOTICES = 20;

/**
 * A comment for a pull request: a table of what is new and what was decided about, then each new finding, folded, the worst first. What
 * doesn't fit is cut, and that is said.
 */
export const renderMarkdown: Renderer = (scan, options = {}) => {
  const open = listed(scan, options).filter(({ status }) => status === 'open');
  const toDo = open.filter(isToDo);
  const head = [
    `## Serverless security: ${toDo.length === 0 ? 'nothing new' : `${count(toDo.length, 'new finding')} (${bySeverity(toDo)})`}`,
    ...table(scan),
    `${coverage(scan)}.`,
    ...notices(scan),
  ].join('\n\n');
  return withinLimit(head, [...toDo, ...open.filter(finding => !isToDo(finding))].map(finding => details(finding, options)));
};

function withinLimit(head: string, blocks: readonly string[]): string {
  const left = (number: number) => `\n\n**${count(number, 'finding')} more did not fit into this comment.** The other reports have all of them.`;
  let text = head;
  for (const [index, block] of blocks.entries()) {
    const rest = blocks.length - index - 1;
    // What follows must leave room to be counted.
    const needed = block.length + 2 + (rest > 0 ? left(rest).length : 1);
    if (text.length + needed > LONGEST_COMMENT) return `${text}${left(rest + 1)}\n`;
    text += `\n\n${block}`;
  }
  return `${text}\n`;
}

function table({ findings }: Scan): string[] {
  const rows = SEVERITIES.map(severity => findings.filter(finding => finding.severity === severity && finding.verdict === 'violated'))
    .filter(({ length }) => length > 0)
    .map(found => {
      const number = (...statuses: readonly string[]) => found.filter(({ status }) => statuses.includes(status)).length;
      return `| ${found[0].severity} | ${number('open')} | ${number('baseline')} | ${number('waived', 'acknowledged')} |`;
    });
  return rows.length === 0 ? [] : [['| severity | new | in the baseline | accepted |', '|---|---:|---:|---:|', ...rows].join('\n')];
}

function notices({ notices: all }: Scan): string[] {
  const shown = all.slice(0, MOST_NOTICES).map(notice => `- ${prose(notice)}`);
  if (all.length > shown.length) shown.push(`- and ${all.length - shown.length} more`);
  return shown.length === 0 ? [] : [shown.join('\n')];
}

function details(finding: ReportedFinding, { root }: RenderOptions): string {
  const { rule, severity, verdict, constructPath, property, message, source, reasons } = finding;
  const page = pageOf(rule);
  const place = [constructPath, property, source && shownPlace(placeBelow(source, root))].filter(Boolean).map(part => code(part!)).join(' ');
  return [
    `<details>\n<summary><b>${verdict === 'violated' ? severity : 'undecided'}</b> ${htmlText(rule.id)}${constructPath === '' ? '' : `: ${htmlText(constructPath)}`}</summary>`,
    `${place}\n${prose(message)}`,
    ...reasons.length === 0 ? [] : [reasons.slice(0, 10).map(({ text }) => `- ${prose(text)}`).join('\n')],
    ...rule.rationale === '' ? [] : [prose(rule.rationale)],
    ...rule.remedy === '' ? [] : [`**What to do.** ${prose(rule.remedy)}`],
    ...rule.fix === '' ? [] : [fenced(rule.fix)],
    ...page === undefined ? [] : [`[About this rule](${page})`],
    '</details>',
  ].join('\n\n');
}

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}ts\n${text}\n${fence}`;
}
