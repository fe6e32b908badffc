import { accessDiffMarkdown } from './access-diff-markdown';
import { accessDiffText } from './access-diff-text';
import { TextStyle } from './access-text';
import { AccessDiff } from '../access/diff/access-change';

/** The ways to write down how access differs, by name. */
export const ACCESS_DIFF_FORMATS: Readonly<Record<string, (diff: AccessDiff, style: TextStyle) => string>> = {
  text: accessDiffText,
  json: diff => `${JSON.stringify(diff, undefined, 2)}\n`,
  markdown: accessDiffMarkdown,
};
