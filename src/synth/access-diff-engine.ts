/** What the comparison of two versions of an app takes, loaded together. */
export { accessDiff } from '../access/diff/access-diff';
export { AppModel } from '../model/app-model';
export { readPath } from '../model/read/read-path';
export { accessDiffText, requestText } from '../report/access-diff-text';
export { shownPlace } from '../validation/located-document';
