import { escalationsByIdentity, isDelegation, statementsOf } from '../../access/escalation/by-identity';
import { gainedNode } from '../../access/graph/nodes';
import { identities } from '../../access/principals/identities';
import { isFrameworkManaged } from '../../model/framework';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const noPrivilegeEscalation = defineRule({
  id: 'iam/no-privilege-escalation',
  severity: Severity.CRITICAL,
  summary: 'No role or user comes to more rights than it was given',
  rationale: 'Who may attach policies, pass roles or change what runs with them has all the rights that these have, whatever its own policies say.',
  remedy: 'Name the roles, functions and policies in `Resource` that it is about, restrict `iam:PassRole` by `iam:PassedToService`, or set a permissions boundary.',
  fix: `role.addToPolicy(new iam.PolicyStatement({
  actions: ['iam:PassRole'],
  resources: [jobRole.roleArn],
  conditions: { StringEquals: { 'iam:PassedToService': 'glue.amazonaws.com' } },
}));`,
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  ],
  peers: {
    cloudsplaining: ['PrivilegeEscalation'],
    checkov: ['CKV_AWS_110'],
    Prowler: ['iam_inline_policy_allows_privilege_escalation', 'iam_policy_allows_privilege_escalation'],
    parliament: ['PRIVILEGE_ESCALATION'],
  },
  compliance: { nist80053: ['AC-3', 'AC-5', 'AC-6'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const { resource, all } of judged(app)) {
      const [worst] = [...all.filter(({ isSure }) => isSure), ...all];
      const [begin] = worst ? statementsOf(worst) : [];
      const how = () => worst.steps.map(({ method, needs }) => `${method.how} (${needs.map(({ action }) => `\`${action}\``).join(', ')})`).join(', then ');
      yield {
        resource: begin?.origin.resource ?? resource,
        property: begin?.at('Action'),
        holds: worst ? worst.isSure ? 'no' : 'unknown' : 'yes',
        message: () => `\`${resource}\` comes to ${gainedNode(app, worst.gained).name}: it ${how()}, expected no way to more rights than it was given`,
        reasons: () => statementsOf(worst).map(statement => ({ resource: statement.origin.resource, property: statement.at('Action'), text: String(statement) })),
      };
    }
  },
});

function judged(app: Parameters<typeof identities>[0]) {
  return identities(app).all.flatMap(identity => !identity.resource || isFrameworkManaged(identity.resource) ? [] : [{
    resource: identity.resource, all: escalationsByIdentity(app).get(identity).filter(each => !isDelegation(each)),
  }]);
}
