import { nearest } from './nearest';
import { RuleSettings } from './rule-settings';
import { ConfiguredRule } from './run-rules';
import { ALL_RULES } from '../rules';
import { Rule } from '../rules/define-rule';
import { optionValues } from '../rules/rule-options';
import { Severity } from '../rules/severity';

/** Which rules run, and how. */
export interface RuleSelection {
  /** Settings by id of the rule. */
  readonly rules?: Readonly<Record<string, RuleSettings>>;
  /** Ids or globs of the rules that run: `sqs/*`. */
  readonly only?: readonly string[];
  /** Ids or globs of rules that don't run. */
  readonly skip?: readonly string[];
}

export interface Configuration {
  /** In the order of their ids. */
  readonly rules: readonly ConfiguredRule[];
  /** What is wrong with the selection. */
  readonly faults: readonly string[];
}

/** The rules as a user wants them. */
export function configureRules(selection: RuleSelection, known: readonly Rule[] = ALL_RULES): Configuration {
  const faults: string[] = [];
  const only = selection.only && selected('only', selection.only, known, faults);
  const skip = selected('skip', selection.skip ?? [], known, faults);
  const settings = selection.rules ?? {};
  faults.push(...Object.keys(settings).filter(id => !known.some(rule => rule.id === id)).map(id => unknownRule('rules', id, known)));

  const configured = known.map(rule => configure(rule, settings[rule.id] ?? {}, faults));
  return { rules: configured.filter(({ rule }) => (!only || only.has(rule)) && !skip.has(rule) && !settings[rule.id]?.off), faults };
}

function selected(setting: string, patterns: readonly string[], known: readonly Rule[], faults: string[]): Set<Rule> {
  if (patterns.length === 0) return new Set();
  // Loaded for those who select.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const picomatch = require('picomatch') as typeof import('picomatch');
  return new Set(patterns.flatMap(pattern => {
    const matches = pattern === '' ? () => false : picomatch(pattern);
    const rules = known.filter(({ id }) => matches(id));
    if (rules.length === 0) faults.push(unknownRule(setting, pattern, known));
    return rules;
  }));
}

function configure(rule: Rule, { severity, options }: RuleSettings, faults: string[]): ConfiguredRule {
  const { values, faults: ofOptions } = optionValues(rule.options ?? {}, options ?? {});
  const allowed = Object.values(Severity);
  const ofSeverity = severity === undefined || allowed.includes(severity) ? [] : [`\`severity\` is \`${severity}\`, expected one of ${quoted(allowed)}`];
  for (const fault of [...ofSeverity, ...ofOptions]) faults.push(`\`rules\` has \`${rule.id}\`: ${fault}`);
  return { rule, severity: severity ?? rule.severity, options: values };
}

function unknownRule(setting: string, written: string, known: readonly Rule[]): string {
  const meant = nearest(written, known.map(({ id }) => id));
  return `\`${setting}\` has \`${written}\`, which is no rule${meant ? `, expected \`${meant}\`?` : ''}`;
}

function quoted(texts: readonly string[]): string {
  return texts.map(text => `\`${text}\``).join(', ');
}
