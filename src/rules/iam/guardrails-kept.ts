import { functionStatements } from '../../iam/actions-of-functions';
import { GUARDRAIL_REMOVALS } from '../../iam/guardrails';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const guardrailsKept = defineRule({
  id: 'iam/guardrails-kept',
  severity: Severity.MEDIUM,
  summary: 'No function may switch off what watches over the app, limits it, or lets it be repaired',
  rationale: 'Whoever finds a way into the function removes the traces, silences the alarms, lifts the limits or destroys the keys and backups, before or after what they came for.',
  remedy: 'Leave logs, alarms, limits, keys and backups to what deploys them.',
  fix: 'logGroup.grantWrite(fn); // instead of actions that delete logs',
  references: [
    'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_define_guardrails.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-6', 'AU-9', 'CM-5', 'SI-4'], pciDss: ['7.2.2', '10.3.2'], hipaa: ['164.312(b)'], owaspServerless: ['A5', 'A10'], csaSas: ['SAS-4', 'SAS-5'] },

  *check(app) {
    for (const { statement, use: { fn, property }, role, isGranted, action } of functionStatements(app, GUARDRAIL_REMOVALS)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Action'),
        holds: not(isGranted),
        message: () => `\`${statement.actions}\` lets a function switch off what watches over the app or limits it by \`${action}\`, expected what it needs for its work`,
        reasons: () => [{ resource: fn, property, text: `${fn} has the role ${role}` }],
      };
    }
  },
});
