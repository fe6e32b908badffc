import { functionStatements } from '../../iam/actions-of-functions';
import { RESOURCE_EXPOSURES } from '../../iam/resource-exposure';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const resourcePoliciesNotChanged = defineRule({
  id: 'iam/resource-policies-not-changed',
  severity: Severity.MEDIUM,
  summary: 'No function may decide who else uses resources',
  rationale: 'Whoever finds a way into the function opens the bucket, the queue, the key or the secret to an account of their own, and needs the function no more: the door stays open after the fault is mended.',
  remedy: 'Write policies of resources in the app, so that a function changes what a resource holds and not who may use it.',
  fix: 'bucket.grantPut(fn); // instead of `s3:PutObjectAcl` or `s3:PutBucketPolicy`',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html',
  ],
  peers: { checkov: ['CKV_AWS_109'], cloudsplaining: ['ResourceExposure'], parliament: ['PERMISSIONS_MANAGEMENT_ACTIONS', 'RESOURCE_POLICY_PRIVILEGE_ESCALATION'] },
  compliance: { nist80053: ['AC-3', 'AC-4', 'AC-6', 'CM-5'], pciDss: ['7.2.2'], hipaa: ['164.308(a)(4)'], owaspServerless: ['A5'], csaSas: ['SAS-4'] },

  *check(app) {
    for (const { statement, use: { fn, property }, role, isGranted, action } of functionStatements(app, RESOURCE_EXPOSURES)) {
      yield {
        resource: statement.origin.resource,
        property: statement.at('Action'),
        holds: not(isGranted),
        message: () => `\`${statement.actions}\` lets a function decide by \`${action}\` who else uses resources, expected actions on what they hold`,
        reasons: () => [{ resource: fn, property, text: `${fn} has the role ${role}` }],
      };
    }
  },
});
