import * as fs from 'fs';
import * as path from 'path';
import { EXAMPLES, FEATURES } from './features';
import { Language } from './languages';
import { Result } from './results';

/** What came of the app of one language. */
export interface Tried {
  readonly name: string;
  readonly language: Language;
  readonly cdk: string;
  readonly results: readonly Result[];
  readonly faults: readonly string[];
}

const PAGE = path.join(__dirname, '../docs/languages.md');
const BEGIN = '<!-- Written by consumers/run.ts from the results of the tests. -->';
const END = '<!-- End of what is written. -->';

/** Writes which test of which language passed into the page on languages, between its marks. */
export function writeTable(tried: readonly Tried[]): void {
  const columns = [...tried].sort((one, other) => one.language.title.localeCompare(other.language.title));
  const row = (first: string, cells: readonly string[]) => `| ${[first, ...cells].join(' | ')} |`;
  const table = [
    row('feature', columns.map(({ name, language }) => `[${language.title}](../consumers/${name})`)),
    row('---', columns.map(() => '---')),
    row('tests run by', columns.map(({ language }) => `\`${language.runner}\``)),
    row('on `aws-cdk-lib`', columns.map(({ cdk }) => cdk)),
    ...Object.entries(FEATURES).map(([feature, title]) => row(title, columns.map(column => passed(column, feature) ? 'passed' : 'failed'))),
    // Those in TypeScript are compiled by `projen rosetta`, before anything is packed.
    row('examples of README and API', columns.map(column => {
      if (column.name === 'typescript') return 'compiled';
      return column.language.examples && passed(column, EXAMPLES) ? column.language.examples.are : '';
    })),
  ];
  const [before, rest] = fs.readFileSync(PAGE, 'utf8').split(BEGIN);
  const [, after] = rest.split(END);
  fs.writeFileSync(PAGE, `${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`);
}

function passed({ results }: Tried, feature: string): boolean {
  return results.some(result => result.name === feature && result.passed);
}
