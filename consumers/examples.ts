import * as fs from 'fs';
import * as path from 'path';

/** Of the file that `jsii-rosetta extract` writes, what is read here. */
interface Tablet {
  readonly snippets: Readonly<Record<string, {
    readonly location: { readonly api: { readonly moduleFqn?: string; readonly fqn?: string }; readonly field?: { readonly line?: number } };
    readonly translations: Readonly<Record<string, { readonly source: string }>>;
  }>>;
}

const TABLET = path.join(__dirname, '../.jsii.tabl.json');

/** Writes each example of README and docstrings, as `jsii-rosetta` translates it, to a file of its own in `folder`. */
export function writeExamples(folder: string, language: string): void {
  fs.mkdirSync(folder);
  const { snippets } = JSON.parse(fs.readFileSync(TABLET, 'utf8')) as Tablet;
  for (const { location: { api, field }, translations } of Object.values(snippets)) {
    const name = api.fqn?.split('.').pop() ?? `README_${field?.line}`;
    fs.writeFileSync(path.join(folder, `${name}.txt`), translations[language].source);
  }
}
