import { admitsEverybody } from '../../iam/anonymous-access';
import { functionPolicies, isOfUrl } from '../../iam/function-policies';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const permissionNotPublic = defineRule({
  id: 'lambda/permission-not-public',
  severity: Severity.CRITICAL,
  summary: 'No permission on a function is for everybody',
  rationale: 'Everybody with an AWS account can do to the function what the permission is for: run it with any input, or read or replace its code.',
  remedy: 'Name the account, role or service that may call, or narrow `*` down to an organization or a source.',
  fix: 'fn.grantInvoke(new iam.OrganizationPrincipal(\'o-a1b2c3d4e5\'));',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html',
  ],
  peers: {
    'cdk-nag': ['LambdaFunctionPublicAccessProhibited'],
    'cfn_nag': ['F13'],
    'KICS': ['1d6e16f1'],
    'Control Tower': ['CT.LAMBDA.PR.2'],
    'Sonar': ['S6270'],
    'Prowler': ['awslambda_function_not_publicly_accessible'],
    'CloudSploit': ['lambdaPublicAccess'],
    'Security Hub': ['Lambda.1'],
  },
  compliance: {
    securityHub: ['Lambda.1'],
    nist80053: ['AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'],
    pciDss: ['1.4.4', '7.2.1'],
    hipaa: ['164.312(a)(1)'],
    owaspServerless: ['A5'],
    csaSas: ['SAS-2'],
  },

  *check(app) {
    for (const statement of functionPolicies(app)) {
      // Whether a URL is for everybody is decided by the URL.
      if (statement.allows === 'no' || isOfUrl(statement) === 'yes') continue;
      const { resource } = statement.origin;
      yield {
        resource,
        property: statement.at('Principal'),
        holds: not(admitsEverybody(statement)),
        message: () => `\`${statement.actions}\` is allowed to everybody, expected named callers or a condition that holds for them alone`,
        reasons: () => resource.get('FunctionName').targets.map(target => ({ resource: target, text: `which ${target} is open by` })),
      };
    }
  },
});
