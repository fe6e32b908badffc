import { sourcedTrust } from '../../iam/sourced-trust';
import { trusts } from '../../iam/trust';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleTrustNamesSource = defineRule({
  id: 'iam/role-trust-names-source',
  severity: Severity.LOW,
  summary: 'A service assumes a role on behalf of a named source alone, where it tells on whose behalf',
  rationale: 'The service does what its customers ask for. A role that names no source is assumed for each rule, schedule or state machine to which somebody manages to pass it.',
  remedy: 'Name the account in a condition on `aws:SourceAccount`, or what the role is for in one on `aws:SourceArn`. Services that don\'t tell, among them Lambda, are not asked: a role that does would be assumed by nobody.',
  fix: `new iam.Role(this, 'Role', {
  assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
  }),
});`,
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html',
    'https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-confused-deputy.html',
  ],
  peers: { Prowler: ['iam_role_cross_service_confused_deputy_prevention'], PMapper: ['finding:confused-deputy'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6'], pciDss: ['7.2.1'], owaspServerless: ['A5'], csaSas: ['SAS-2', 'SAS-4'] },

  *check(app) {
    for (const statement of trusts(app)) {
      const trust = sourcedTrust(statement);
      if (!trust) continue;
      const { services, namesSource } = trust;
      const message = () => `\`${services.join(', ')}\` may assume the role on behalf of anybody, expected the ARN or the account of the source`;
      yield { resource: statement.origin.resource, property: statement.at('Condition'), holds: namesSource, message };
    }
  },
});
