import { Command } from 'commander';
import { createColors } from 'picocolors';
import { ExitCode } from './exit-code';
import { CannotRun, Terminal } from './terminal';
import { ALL_RULES } from '../rules';
import { FRAMEWORKS } from '../rules/compliance-frameworks';
import { Rule } from '../rules/define-rule';
import { acknowledgementLine } from '../validation/acknowledgement-line';
import { ENGINE_RULES } from '../validation/engine-rules';
import { nearest } from '../validation/nearest';

/** `explain`: why a rule is there, and what to do about it. */
export function explainCommand(program: Command, { out, colors }: Terminal, end: (code: ExitCode) => void): void {
  program.command('explain')
    .description('Say why a rule is there, what to write instead, and which controls it helps to meet')
    .argument('<rule>', 'id of the rule, such as lambda/url-authenticated')
    .action((id: string) => {
      out(explanation(ruleNamed(id), colors));
      end(ExitCode.CLEAN);
    });
}

function ruleNamed(id: string): Rule {
  const all = [...ALL_RULES, ...ENGINE_RULES];
  const found = all.find(rule => rule.id === id);
  if (found) return found;
  const meant = nearest(id, all.map(rule => rule.id));
  throw new CannotRun(`there is no rule \`${id}\`${meant ? `; do you mean \`${meant}\`?` : ', `rules` lists all'}`);
}

function explanation(rule: Rule, colors: boolean): string {
  const { bold, dim } = createColors(colors);
  const lists: [string, readonly string[]][] = [
    ['Options', Object.entries(rule.options ?? {}).map(([name, option]) => `${name}: ${option.description} (${JSON.stringify(option.default)} unless set)`)],
    ['Compliance', Object.entries(rule.compliance).map(([framework, ids]) => `${FRAMEWORKS[framework as keyof typeof FRAMEWORKS]}: ${ids.join(', ')}`)],
    ['Checked elsewhere as', Object.entries(rule.peers).map(([peer, ids]) => `${peer}: ${ids.join(', ')}`)],
    ['Sources', rule.references],
  ];
  return [
    `${bold(rule.id)}  ${rule.severity}`, '', `${rule.summary}.`, '', rule.rationale, '', rule.remedy, '',
    indented(rule.fix), '', dim('To accept a finding:'), indented(acknowledgementLine(rule.id)), '',
    ...lists.filter(([, items]) => items.length > 0).flatMap(([title, items]) => [dim(`${title}:`), ...items.map(item => `  ${item}`), '']),
  ].join('\n');
}

function indented(code: string): string {
  return code.split('\n').map(line => `    ${line}`).join('\n');
}
