import { Finding } from './finding';
import { fingerprint } from './fingerprint';
import { SourcePlace } from '../model/template-source';
import { Rule } from '../rules/define-rule';
import { Severity } from '../rules/severity';

/** What is reported in the name of a rule that threw. */
export const RULE_FAILED = engineRule({
  id: 'engine/rule-failed',
  severity: Severity.HIGH,
  summary: 'Each rule comes to a judgement',
  rationale: 'What a failed rule checks is not known to be in order.',
  remedy: 'Report the message as a fault of this library; until it is mended, skip the rule by its id.',
  fix: "new ServerlessValidator({ skip: ['sqs/visibility-covers-timeout'] })",
});

export const WAIVER_MALFORMED = engineRule({
  id: 'engine/waiver-malformed',
  severity: Severity.MEDIUM,
  summary: 'Each waiver says what it covers, why, by whom and until when',
  rationale: 'A waiver that can not be read covers nothing: what it was meant to cover is reported as if it were not there.',
  remedy: 'Write the field that the message names as it expects it.',
  fix: `version: 1
waivers:
  - rule: sqs/visibility-covers-timeout
    scope: Orders/Queue
    reason: the reader is idempotent, load tests of May
    owner: team-orders
    expires: 2030-12-31`,
});

export const WAIVER_UNUSED = engineRule({
  id: 'engine/waiver-unused',
  severity: Severity.LOW,
  summary: 'Each waiver covers a finding',
  rationale: 'A waiver that covers nothing will cover, unseen, whatever is built in that place later; or it has a slip of the pen and never worked.',
  remedy: 'Remove the waiver, or correct its `rule` or `scope` by the finding that it was written for.',
  fix: `version: 1
waivers:
  - rule: sqs/visibility-covers-timeout
    scope: Orders/Queue # the construct path that the finding shows
    reason: the reader is idempotent, load tests of May
    owner: team-orders
    expires: 2030-12-31`,
});

export const ACKNOWLEDGEMENT_WITHOUT_PLUGIN = engineRule({
  id: 'engine/acknowledgement-without-plugin',
  severity: Severity.LOW,
  summary: 'Each acknowledgement of a rule names the plugin',
  rationale: 'The CDK takes an id without the name of a plugin for that of an annotation: the acknowledgement matches nothing, and nobody is told.',
  remedy: 'Write the name of the plugin before the id of the rule.',
  fix: "Validations.of(queue).acknowledge({ id: 'cdk-secure-serverless::sqs/visibility-covers-timeout', reason: '...' });",
});

/** What the engine reports about itself and about what it was given. No waiver and no baseline covers it. */
export const ENGINE_RULES: readonly Rule[] = [ACKNOWLEDGEMENT_WITHOUT_PLUGIN, RULE_FAILED, WAIVER_MALFORMED, WAIVER_UNUSED];

export function isEngineRule(id: string): boolean {
  return id.startsWith('engine/');
}

/** A finding about the app as a whole. `subject` tells it from others of the same rule. */
export function engineFinding(rule: Rule, message: string, subject: string, source?: SourcePlace): Finding {
  return {
    rule,
    severity: rule.severity,
    verdict: 'violated',
    message,
    reasons: [],
    constructPath: '',
    logicalId: '',
    resourceType: '',
    stack: '',
    source,
    framework: false,
    fingerprint: fingerprint(rule.id, subject),
  };
}

function engineRule(rule: Omit<Rule, 'references' | 'peers' | 'compliance' | 'check'>): Rule {
  return Object.freeze({ ...rule, references: [], peers: {}, compliance: {}, check: () => [] });
}
