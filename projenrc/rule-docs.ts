import * as fs from 'fs';
import * as path from 'path';
import { ALL_RULES } from '../src/rules';
import { FRAMEWORKS } from '../src/rules/compliance-frameworks';
import { Compliance, Rule } from '../src/rules/define-rule';
import { Severity } from '../src/rules/severity';
import { ENGINE_RULES } from '../src/validation/engine-rules';

/**
 * Writes the head of each page `docs/rules/<service>/<rule>.md`, the list of all rules, and the page on those of the engine. The examples
 * below the mark are written by hand, and executed by the tests.
 */
const DOCS = path.join(__dirname, '..', 'docs', 'rules');
const MARK = '<!-- Above: generated from the rule. Below: examples, executed by test/rules/pages.test.ts. -->';

function head(rule: Rule): string {
  const compliance = Object.entries(rule.compliance).map(([framework, controls]) => `${FRAMEWORKS[framework as keyof Compliance]}: ${controls.join(', ')}`);
  const peers = Object.entries(rule.peers).map(([peer, ids]) => `${peer}: ${ids.join(', ')}`);
  return [
    `# ${rule.id}`, '',
    ...explanation(rule),
    ...section('Options', Object.entries(rule.options ?? {}).map(([name, { description, default: value }]) =>
      `\`${name}\`: ${description}; ${JSON.stringify(value)} unless set`)),
    ...section('Compliance', compliance),
    ...section('Checked elsewhere as', peers),
    ...section('Sources', rule.references.map(reference => `<${reference}>`)),
    MARK,
  ].join('\n');
}

function explanation(rule: Rule): string[] {
  return [`${rule.summary}. Severity: ${rule.severity}.`, '', rule.rationale, '', `**What to do.** ${rule.remedy}`, '', `\`\`\`${rule.fix.startsWith('version:') ? 'yaml' : 'ts'}`, rule.fix, '```', ''];
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, '', ...items.map(item => `- ${item}`), ''];
}

function write(rule: Rule): void {
  const file = path.join(DOCS, `${rule.id}.md`);
  const examples = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split(MARK)[1] ?? '' : '\n\n## Rejected\n\n## Accepted\n';
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, head(rule) + examples);
}

/** All rules, by service. */
function list(): string {
  const services = [...new Set(ALL_RULES.map(serviceOf))];
  const ofService = (service: string) => ALL_RULES.filter(rule => serviceOf(rule) === service);
  const bySeverity = Object.values(Severity).map(severity => [ALL_RULES.filter(rule => rule.severity === severity).length, severity]);
  return [
    '# Rules', '',
    `${ALL_RULES.length} rules: ${bySeverity.filter(([count]) => count !== 0).map(group => group.join(' ')).join(', ')}.`, '',
    `${services.map(service => `[${service}](#${service}) ${ofService(service).length}`).join(', ')}.`, '',
    'What becomes of their findings, and how rules are set: [validation](../validation.md).', '',
    ...services.flatMap(service => [
      `## ${service}`, '',
      '| rule | requires | severity |', '|---|---|---|',
      ...ofService(service).map(rule => `| [${rule.id}](${rule.id}.md) | ${rule.summary} | ${rule.severity} |`), '',
    ]),
  ].join('\n');
}

function serviceOf({ id }: Rule): string {
  return id.split('/')[0];
}

ALL_RULES.forEach(write);
fs.writeFileSync(path.join(DOCS, 'README.md'), list());
fs.writeFileSync(path.join(DOCS, '..', 'engine-rules.md'), [
  '# What the engine says of itself', '',
  'These are about the checks, not about the app. No waiver and no baseline covers them.', '',
  ...ENGINE_RULES.flatMap(rule => [`## ${rule.id}`, '', ...explanation(rule)]),
].join('\n'));
