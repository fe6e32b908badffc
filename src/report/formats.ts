import { renderCsv } from './csv';
import { Format } from './format';
import { renderGithub } from './github';
import { renderGitlab } from './gitlab';
import { htmlReport } from './html/page';
import { renderJson } from './json';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { renderSarif } from './sarif';
import { renderText } from './text';

export type { Format, RenderOptions } from './format';

/** All formats by name. Each is a pure function of the scan. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text: { description: 'for people, in a terminal', extension: '.txt', render: renderText },
  json: { description: 'all that is known, for other programs', extension: '.json', render: renderJson },
  sarif: { description: 'SARIF 2.1.0, for GitHub code scanning and other collections of findings', extension: '.sarif', render: renderSarif },
  junit: { description: 'JUnit XML, for CI servers that show tests', extension: '.xml', render: renderJunit },
  csv: { description: 'a row for each judgement, what is in order included', extension: '.csv', render: renderCsv },
  markdown: { description: 'a comment for a pull request', extension: '.md', render: renderMarkdown },
  html: { description: 'one self-contained page', extension: '.html', render: htmlReport },
  github: { description: 'annotations by GitHub Actions', extension: '.github.txt', render: renderGithub },
  gitlab: { description: 'code quality for merge requests of GitLab', extension: '.gitlab.json', render: renderGitlab },
};

/** The format that the name of a file asks for: the one with the longest extension that it ends with. */
export function formatOfFile(file: string): Format | undefined {
  // GitHub knows SARIF by either name.
  const name = file.toLowerCase().replace(/\.sarif\.json$/, '.sarif');
  return Object.values(FORMATS)
    .filter(({ extension }) => name.endsWith(extension))
    .sort((a, b) => b.extension.length - a.extension.length)[0];
}
