import { Rule } from '../rules/define-rule';
import { Severity } from '../rules/severity';

/** What is reported in the name of a rule that threw. */
export const RULE_FAILED: Rule = Object.freeze({
  id: 'engine/rule-failed',
  severity: Severity.HIGH,
  summary: 'Each rule comes to a judgement',
  rationale: 'What a failed rule checks is not known to be in order.',
  remedy: 'Report the message as a fault of this library; until it is mended, skip the rule by its id.',
  fix: "new ServerlessValidator({ skip: ['service/rule'] })",
  references: [],
  peers: {},
  compliance: {},
  check: () => [],
});
