import * as fs from 'fs';
import * as path from 'path';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'deployed.md');

/** First cells of the table below a heading of docs/deployed.md, without their marks, sorted. */
export function listedIn(heading: string): string[] {
  const [, section = ''] = fs.readFileSync(PAGE, 'utf8').split(new RegExp(`^## .*${heading}.*$`, 'mi'));
  const [own] = section.split(/^## /m);
  return [...own.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell.replaceAll('`', '')).sort();
}
