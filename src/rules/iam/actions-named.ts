import { allowsBroadly, isAdministrative } from '../../iam/breadth';
import { functionGrants } from '../../iam/execution-roles';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const actionsNamed = defineRule({
  id: 'iam/actions-named',
  severity: Severity.MEDIUM,
  summary: 'Functions are allowed actions by name, not all of a service',
  rationale: 'All actions of a service are those that delete, that open to others and that come to be next year as well, for a function that reads.',
  remedy: 'Name the actions that the function calls, or let a grant of the CDK name them. Wildcards after a verb and a noun, as in `s3:DeleteObject*`, are accepted; so are those after verbs that only read.',
  fix: 'bucket.grantRead(fn);',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  ],
  peers: {
    'cdk-nag': ['IAMPolicyNoStatementsWithFullAccess', 'LambdaStarPermissions', 'AwsSolutions-IAM5'],
    'serverless-rules': ['WS1003'],
    'Trivy': ['AWS-0114', 'AWS-0057'],
    'checkov': ['CKV_AWS_63'],
    'cloudsplaining': ['ServiceWildcard'],
    'Control Tower': ['CT.IAM.PR.3', 'CT.IAM.PR.5'],
    'cfn_nag': ['F3', 'F5', 'W14'],
  },
  compliance: { securityHub: ['IAM.21'], nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.1', '7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },
  options: {
    harmless: {
      type: 'strings',
      description: 'Verbs that may stand before a wildcard alone',
      pattern: /^[A-Za-z]+$/,
      default: ['Get', 'List', 'Describe', 'BatchGet', 'Head', 'Query', 'Scan', 'Abort'],
    },
  },

  *check(app, { harmless }) {
    for (const { statement, role } of functionGrants(app)) {
      // What allows everything is more than this rule is about.
      if (statement.allows === 'no' || isAdministrative(statement) === 'yes') continue;
      const [{ fn, property }] = role.functions;
      yield {
        resource: statement.origin.resource,
        property: statement.at('Action'),
        holds: not(allowsBroadly(statement, harmless)),
        message: () => `\`${statement.actions}\` allows more than is named, expected the actions that are called`,
        reasons: () => [{ resource: fn, property, text: `${fn} has the role ${role}` }],
      };
    }
  },
});
