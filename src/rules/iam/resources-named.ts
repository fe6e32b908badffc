import { allowsAnyResource, isAdministrative } from '../../iam/breadth';
import { executionRoles } from '../../iam/execution-roles';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const resourcesNamed = defineRule({
  id: 'iam/resources-named',
  severity: Severity.MEDIUM,
  summary: 'Functions are allowed actions on named resources, wherever IAM can tell resources apart',
  rationale: 'A function that may read every table of the account reads those of other teams when it is taken over, and those that are yet to be made.',
  remedy: 'Name the resources, or narrow `*` down by a tag of the resource. Actions that IAM can\'t limit to resources are accepted on `*`.',
  fix: 'table.grantReadData(fn);',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  ],
  peers: {
    'cdk-nag': ['AwsSolutions-IAM5', 'LambdaStarPermissions'],
    'cfn_nag': ['W11', 'W12', 'W13', 'W21'],
    'Sonar': ['S6304'],
    'Trivy': ['AWS-0346'],
    'parliament': ['RESOURCE_STAR', 'RESOURCE_EFFECTIVELY_STAR'],
    'cfn-lint': ['I3510'],
    'cfripper': ['WildcardResourceRule'],
    'serverless-rules': ['WS1003'],
  },
  compliance: { nist80053: ['AC-3', 'AC-6'], pciDss: ['7.2.1', '7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    const seen = new Set<unknown>();
    for (const role of executionRoles(app)) {
      const [{ fn, property }] = role.functions;
      // Nobody can name resources in a policy of AWS.
      for (const statement of role.written) {
        if (statement.allows === 'no' || seen.has(statement) || isAdministrative(statement) === 'yes') continue;
        seen.add(statement);
        yield {
          resource: statement.origin.resource,
          property: statement.at('Resource'),
          holds: not(allowsAnyResource(statement)),
          message: () => `\`${statement.actions}\` is allowed on \`${statement.resources}\`, expected the resources that are used`,
          reasons: () => [{ resource: fn, property, text: `${fn} has the role ${role}` }],
        };
      }
    }
  },
});
