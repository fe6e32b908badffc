import * as fs from 'fs';
import * as path from 'path';
import { nagRules, NagRule } from './cdk-nag-rules';
import { ALL_RULES } from '../src/rules';

/**
 * Writes the tables of `docs/migrating-from-cdk-nag.md`, from what our rules say of those of cdk-nag and from the packs of cdk-nag. A rule
 * names one by its id in a pack, or by the name that it has in all packs.
 */
const PAGE = path.join(__dirname, '..', 'docs', 'migrating-from-cdk-nag.md');

function counterparts({ name, ids }: NagRule): string[] {
  return ALL_RULES.filter(({ peers }) => peers['cdk-nag']?.some(id => id === name || ids.includes(id))).map(({ id }) => id);
}

/** Replaces what stands between two marks of the page. */
function fill(page: string, mark: string, lines: readonly string[]): string {
  const [before, rest] = page.split(`<!-- ${mark}: npx projen -->\n`);
  const after = rest?.split(`<!-- /${mark} -->`)[1];
  if (after === undefined) throw new Error(`${PAGE} has no marks \`${mark}\``);
  return `${before}<!-- ${mark}: npx projen -->\n\n${lines.join('\n')}\n\n<!-- /${mark} -->${after}`;
}

const code = (text: string) => `\`${text}\``;
const all = nagRules();
const known = all.filter(rule => counterparts(rule).length > 0);
const serverless = all.filter(({ ids }) => ids.some(id => id.startsWith('Serverless-'))).filter(rule => !known.includes(rule));

const named = ALL_RULES.flatMap(({ id, peers }) => (peers['cdk-nag'] ?? []).map(peer => ({ id, peer })));
const unheard = named.filter(({ peer }) => !all.some(({ name, ids }) => name === peer || ids.includes(peer)));
if (unheard.length > 0) throw new Error(`cdk-nag has no ${unheard.map(({ id, peer }) => `${peer}, which ${id} names`).join('; ')}`);

let page = fs.readFileSync(PAGE, 'utf8');
page = fill(page, 'counterparts', [
  '| cdk-nag | here |', '|---|---|',
  ...known.map(rule => `| ${rule.ids.length > 0 ? rule.ids.map(code).join(', ') : `${code(rule.name)}, in none of its packs`} | ${counterparts(rule).map(id => `[${id}](rules/${id}.md)`).join(', ')} |`),
]);
page = fill(page, 'without', serverless.map(({ ids }) => `- ${ids.map(code).join(', ')}`));
fs.writeFileSync(PAGE, page);
