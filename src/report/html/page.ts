import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { findingCard } from './finding-card';
import { html, Markup } from './markup';
import { Severity } from '../../rules/severity';
import { ReportedFinding } from '../../validation/finding';
import { Scan } from '../../validation/scan';

const ASSETS = path.join(__dirname, '../../../assets/report');
const SEVERITIES = Object.values(Severity);

/**
 * One page that needs nothing but itself: it loads nothing from elsewhere and forbids itself to. All findings stand in it as HTML, so
 * it can be read, searched and printed without its script, which only filters and groups.
 */
export function htmlReport(scan: Scan): string {
  const access = accessOf(scan);
  const [styles, scripts] = ['css', 'js'].map(type => [`page.${type}`, ...access ? [`graph.${type}`] : []].map(asset));
  const policy = `default-src 'none'; style-src ${digests(styles)}; script-src ${digests(scripts)}; base-uri 'none'; form-action 'none'`;
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<title>Serverless security: ${headline(scan)}</title>
${styles.map(style => html`<style>${new Markup(style)}</style>`)}
</head>
<body>
<a class="skip" href="#findings">Skip to findings</a>
<header>
<h1>${headline(scan)}</h1>
${covered(scan)}
${access && html`<p><a href="#access">Who can do what</a>, as a picture</p>`}
</header>
<main>
${filters(scan)}
<p id="shown" role="status"></p>
<div id="findings">${bySeverity(scan).map(findingCard)}</div>
${access}
${notices(scan)}
${rules(scan)}
</main>
${scripts.map(script => html`<script>${new Markup(script)}</script>`)}
</body>
</html>
`);
}

/** Loaded by those alone whose page shows it, with what reads policies and what lays out pictures. */
function accessOf({ app }: Scan): Markup | undefined {
  if (!app) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { graphSection } = require('./graph/graph-section') as typeof import('./graph/graph-section');
  return graphSection(app);
}

function asset(file: string): string {
  return fs.readFileSync(path.join(ASSETS, file), 'utf8');
}

function headline({ findings }: Scan): string {
  const open = findings.filter(isOpen).length;
  return open === 0 ? 'Nothing found' : `${open} ${open === 1 ? 'finding' : 'findings'}`;
}

function covered({ coverage: { stacks, nestedStacks, resources, undecided }, rules: all }: Scan): Markup {
  const facts: [number, string][] = [
    [stacks, 'stacks'], [nestedStacks, 'nested stacks'], [resources, 'resources'], [all.length, 'rules'], [undecided, 'left open until deployment'],
  ];
  return html`<ul id="coverage">${facts.map(([number, what]) => html`<li><b>${number}</b> ${what}</li>`)}</ul>`;
}

function filters(scan: Scan): Markup {
  const open = count(scan.findings.filter(isOpen).map(({ severity }) => severity));
  const stacks = [...new Set(scan.findings.map(({ stack }) => stack))].sort();
  return html`<form id="filters" role="search">
<fieldset><legend>Severity</legend>${SEVERITIES.map(severity =>
  html`<label class="severity ${severity}"><input type="checkbox" name="severity" value="${severity}" checked> ${severity} ${open.get(severity) ?? 0}</label>`)}</fieldset>
<label>Search <input type="search" name="text" placeholder="rule, path, words" autocomplete="off"></label>
<label>Stack <select name="stack"><option value="">all</option>${stacks.map(stack => html`<option>${stack}</option>`)}</select></label>
<label>Group by <select name="group"><option value="severity">severity</option><option value="function">function</option>
<option value="stack">stack</option><option value="rule">rule</option></select></label>
<fieldset><legend>Also show</legend>${['undecided', 'waived', 'baseline', 'acknowledged'].map(state =>
  html`<label><input type="checkbox" name="state" value="${state}"> ${state}</label>`)}</fieldset>
</form>`;
}

function notices({ notices: all }: Scan): Markup | undefined {
  return all.length === 0 ? undefined : html`<h2>Worth knowing</h2><ul>${all.map(notice => html`<li>${notice}</li>`)}</ul>`;
}

/** What each rule looked at, so that silence can be told from not having looked. */
function rules({ rules: all, findings, compliant }: Scan): Markup {
  const inOrder = count(compliant.map(({ rule }) => rule.id));
  const violated = count(findings.filter(({ verdict }) => verdict === 'violated').map(({ rule }) => rule.id));
  const undecided = count(findings.filter(({ verdict }) => verdict === 'undecided').map(({ rule }) => rule.id));
  return html`<h2>What was checked</h2>
<div class="wide" tabindex="0" role="region" aria-label="Rules"><table><thead>
<tr><th scope="col">Rule</th><th scope="col">Requires</th><th scope="col">In order</th><th scope="col">Violated</th><th scope="col">Left open</th></tr>
</thead><tbody>${all.map(({ rule }) => html`<tr><th scope="row">${rule.id}</th><td>${rule.summary}</td><td>${inOrder.get(rule.id) ?? 0}</td>
<td>${violated.get(rule.id) ?? 0}</td><td>${undecided.get(rule.id) ?? 0}</td></tr>`)}</tbody></table></div>`;
}

function bySeverity({ findings }: Scan): ReportedFinding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function count(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function isOpen({ status, verdict }: ReportedFinding): boolean {
  return status === 'open' && verdict === 'violated';
}

function digests(sources: readonly string[]): string {
  return sources.map(source => `'sha256-${createHash('sha256').update(source).digest('base64')}'`).join(' ');
}
