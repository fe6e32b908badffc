import { html, Markup } from './markup';
import { sentence } from './sentence';
import { FRAMEWORKS } from '../../rules/compliance-frameworks';
import { acknowledgementLine } from '../../validation/acknowledgement-line';
import { ReportedFinding } from '../../validation/finding';

/** One finding: what is wrong in one line; opened, its why, its way, its fix and the code to paste. */
export function findingCard(finding: ReportedFinding): Markup {
  const { rule, severity, status, verdict } = finding;
  const state = status === 'open' && verdict === 'undecided' ? 'undecided' : status;
  return html`
<details class="finding" id="${finding.fingerprint}" data-severity="${severity}" data-rule="${rule.id}" data-stack="${finding.stack}"
  data-function="${finding.functionPath ?? ''}" data-state="${state}">
<summary>
<span class="severity ${severity}">${severity}</span>
<span class="what">${sentence(finding.message)}</span>
<code class="where">${finding.constructPath}</code>
<span class="rule">${rule.id}</span>
${state === 'open' ? undefined : html`<span class="state">${state}</span>`}
</summary>
<div class="detail">
${finding.reason === undefined ? undefined : html`<p class="decision">${state}: ${finding.reason}</p>`}
<dl>
${row('Property', finding.property === undefined ? undefined : html`<code>${finding.property}</code>`)}
${row('Value', finding.value === undefined ? undefined : html`<code>${finding.value}</code>`)}
${row('Resource', html`<code>${finding.logicalId}</code> ${finding.resourceType}`)}
${row('Set at', finding.source && html`<code>${place(finding.source)}</code>`)}
</dl>
${way(finding)}
<h4>Why it matters</h4><p>${rule.rationale}</p>
<h4>What to do</h4><p>${rule.remedy}</p>
${code(rule.fix)}
${state === 'open' ? html`<h4>If it has to stay</h4>${code(acknowledgementLine(rule.id))}` : undefined}
<footer>${references(finding)}${compliance(finding)}</footer>
</div>
</details>`;
}

/** How one thing led to the other, from where the rule began to look to the property to change. */
function way({ reasons }: ReportedFinding): Markup | undefined {
  if (reasons.length === 0) return undefined;
  return html`<h4>How it comes about</h4><ol class="way">${reasons.map(({ constructPath, property, text }) =>
    html`<li>${sentence(text)} <code>${constructPath}${property === undefined ? '' : ` ${property}`}</code></li>`)}</ol>`;
}

function code(text: string): Markup {
  return html`<div class="code"><pre tabindex="0"><code>${text}</code></pre><button type="button" class="copy">Copy</button></div>`;
}

function row(name: string, value: Markup | undefined): Markup | undefined {
  return value && html`<dt>${name}</dt><dd>${value}</dd>`;
}

function references({ rule }: ReportedFinding): Markup[] {
  return rule.references.map(reference => html`<a href="${reference}" rel="noreferrer">${reference}</a> `);
}

function compliance({ rule }: ReportedFinding): Markup[] {
  return Object.entries(rule.compliance).map(([framework, controls]) =>
    html`<span class="control">${FRAMEWORKS[framework as keyof typeof FRAMEWORKS]}: ${controls.join(', ')}</span> `);
}

function place({ file, line, column }: { readonly file: string; readonly line?: number; readonly column?: number }): string {
  return [file, line, column].filter(part => part !== undefined).join(':');
}
