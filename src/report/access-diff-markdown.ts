import { CHANGES, changeText, narrowingText, placeText, requestText, summary } from './access-diff-text';
import { LONGEST_COMMENT } from './markdown';
import { code, htmlText, prose } from './markdown-text';
import { count } from './reported';
import { AccessChange, AccessDiff, Narrowing } from '../access/diff/access-change';

const MOST_NARROWINGS = 20;

/** A comment for a pull request: each new access, folded, those that are surely new first; then what is gone. What doesn't fit is cut, and that is said. */
export function accessDiffMarkdown({ changes, narrowings }: AccessDiff): string {
  const head = `## Access: ${prose(summary(changes).trim())}`;
  return withinLimit(head, [...changes.map(details), ...gone(narrowings)]);
}

function details(change: AccessChange): string {
  const { kind, isSure, steps, example, now, before } = change;
  const place = (when: string) => (each: AccessChange['now'][number]) => `- ${when}: ${code(placeText(each).replace(/`/g, ''))}`;
  return [
    `<details>\n<summary><b>${isSure ? '' : 'perhaps '}${CHANGES[kind]}</b> ${htmlText(changeText(change))}</summary>`,
    ...steps ? [steps.map((step, at) => `${at + 1}. ${prose(step)}`).join('\n')] : [],
    ...example ? [`For example ${code(requestText(example))}`] : [],
    [...now.map(place('now')), ...before.map(place('before'))].join('\n'),
    '</details>',
  ].join('\n\n');
}

function gone(narrowings: readonly Narrowing[]): readonly string[] {
  if (narrowings.length === 0) return [];
  const shown = narrowings.slice(0, MOST_NARROWINGS).map(each => `- ${prose(narrowingText(each))}`);
  const more = narrowings.length - shown.length;
  return [`**No longer allowed**\n\n${[...shown, ...more > 0 ? [`- and ${more} more`] : []].join('\n')}`];
}

function withinLimit(head: string, blocks: readonly string[]): string {
  const left = (number: number) => `\n\n**${count(number, 'block')} more did not fit into this comment.**`;
  let text = head;
  for (const [index, block] of blocks.entries()) {
    if (text.length + block.length + 2 + left(blocks.length).length > LONGEST_COMMENT) return `${text}${left(blocks.length - index)}\n`;
    text += `\n\n${block}`;
  }
  return `${text}\n`;
}
