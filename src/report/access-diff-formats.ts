import { accessDiffMarkdown } from './access-diff-markdown';
import { accessDiffText } from './access-diff-text';
import { TextStyle } from './access-text';
import { AccessDiff } from '../access/diff/access-change';

/** The version of the shape that `schemas/access-diff.schema.json` describes: changed when something in it means another thing. */
const VERSION = 1;

/** The ways to write down how access differs, by name. */
export const ACCESS_DIFF_FORMATS: Readonly<Record<string, (diff: AccessDiff, style: TextStyle) => string>> = {
  text: accessDiffText,
  json: diff => `${JSON.stringify({ version: VERSION, ...diff }, undefined, 2)}\n`,
  markdown: accessDiffMarkdown,
};
