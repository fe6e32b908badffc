import { ALL_RULES } from '../rules';
import { RuleOption } from '../rules/rule-options';
import { RuleSettings } from '../validation/rule-settings';

/** Settings of rules as the command line gives them, and what is wrong with them. */
export interface RuleOptionSettings {
  readonly rules: Record<string, RuleSettings>;
  readonly faults: readonly string[];
}

/** Reads `sqs/visibility-covers-timeout:factor=2`; lists have commas between their items. */
export function ruleOptions(given: readonly string[]): RuleOptionSettings {
  const options: Record<string, Record<string, unknown>> = {};
  const faults: string[] = [];
  for (const setting of given) {
    const [, id, name, value] = /^([^:]+):([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (id === undefined) faults.push(`--set has \`${setting}\`, expected \`service/rule:option=value\``);
    else options[id] = { ...options[id], [name]: typed(ALL_RULES.find(rule => rule.id === id)?.options?.[name], value) };
  }
  return { rules: Object.fromEntries(Object.entries(options).map(([id, ofRule]) => [id, { options: ofRule }])), faults };
}

/** A text as the type of the option; what isn't of that type stays a text, which is then said to be wrong. */
function typed(option: RuleOption | undefined, value: string): unknown {
  switch (option?.type) {
    case 'number': return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'boolean': return value === 'true' || value === 'false' ? value === 'true' : value;
    case 'strings': return value === '' ? [] : value.split(',').map(item => item.trim());
    default: return value;
  }
}
