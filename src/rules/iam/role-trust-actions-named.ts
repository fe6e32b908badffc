import { trusts } from '../../iam/trust';
import { all, not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const roleTrustActionsNamed = defineRule({
  id: 'iam/role-trust-actions-named',
  severity: Severity.LOW,
  summary: 'Roles name the actions by which they are assumed',
  rationale: 'All actions are also those by which a session is tagged or says on whose behalf it acts, which policies on tags and logs then believe.',
  remedy: 'Allow `sts:AssumeRole`, or the one for those who sign in elsewhere, and what else is needed by name.',
  fix: 'new iam.Role(this, \'Role\', { assumedBy: new iam.SessionTagsPrincipal(new iam.ArnPrincipal(deployer.roleArn)) });',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html',
  ],
  peers: { 'cfn_nag': ['F2'], 'Guard Rules Registry': ['IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY'] },
  compliance: { nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.2'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const statement of trusts(app)) {
      const { actions, allows } = statement;
      const isBroad = actions.negated ? 'yes' : actions.anyText(action => action.includes('*'));
      yield {
        resource: statement.origin.resource,
        property: statement.at('Action'),
        holds: not(all([allows, isBroad])),
        message: () => `\`${actions}\` is allowed on the role, expected \`sts:AssumeRole\` and what else is needed by name`,
      };
    }
  },
});
