import { escalationsByIdentity, isDelegation, statementsOf } from '../../access/escalation/by-identity';
import { entries } from '../../access/graph/entries';
import { gainedNode } from '../../access/graph/nodes';
import { identities } from '../../access/principals/identities';
import { isFrameworkManaged } from '../../model/framework';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const noLateralMovement = defineRule({
  id: 'lambda/no-lateral-movement',
  severity: Severity.HIGH,
  summary: 'Functions that everybody can call assume no role with more rights',
  rationale: 'Whoever finds a way into a function that faces the internet goes on with each role that the function may assume.',
  remedy: 'Grant the function what it needs by its own role, or put the work that needs other rights into a function behind a queue.',
  fix: 'table.grantReadData(fn); // instead of a role that fn assumes',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
    'https://docs.aws.amazon.com/wellarchitected/latest/serverless-applications-lens/identity-and-access-management.html',
  ],
  peers: {},
  compliance: { nist80053: ['AC-4', 'AC-6'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const { to: { resource: fn }, kind, answer, actions, reasons } of entries(app)) {
      if (kind !== 'calls' || !fn || isFrameworkManaged(fn)) continue;
      const [worst] = identities(app).of(fn).flatMap(identity => escalationsByIdentity(app).get(identity)).filter(isDelegation);
      const [begin] = worst ? statementsOf(worst) : [];
      yield {
        resource: begin?.origin.resource ?? fn,
        property: begin?.at('Action'),
        holds: worst ? answer === 'allowed' && worst.isSure ? 'no' : 'unknown' : 'yes',
        message: () => `\`${fn}\`, which everybody can call by ${actions.join(', ')}, may assume \`${gainedNode(app, worst.gained).name}\`, expected no role with more rights`,
        reasons: () => [
          ...reasons,
          ...statementsOf(worst).map(statement => ({ resource: statement.origin.resource, property: statement.at('Action'), text: String(statement) })),
        ],
      };
    }
  },
});
