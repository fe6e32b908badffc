import { openings } from '../../iam/anonymous-access';
import { not } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const keyNotPublic = defineRule({
  id: 'kms/key-not-public',
  severity: Severity.CRITICAL,
  summary: 'No policy lets everybody use a key',
  rationale: 'Everybody with an AWS account may then do with the key what the policy allows: read what is encrypted with it, encrypt in its name, or delete it together with all that it protects.',
  remedy: 'Name the accounts, roles or services that may use the key, or narrow the statement down by a condition on who asks, such as `kms:CallerAccount`. A condition on `kms:ViaService` alone tells through which service, not who.',
  fix: 'key.grantDecrypt(reader);',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  ],
  peers: {
    'checkov': ['CKV_AWS_33'],
    'cfn_nag': ['F76'],
    'Guard Rules Registry': ['KMS_NO_WILDCARD_PRINCIPAL'],
    'KICS': ['f6049677', 'da905474'],
    'Security Hub': ['KMS.5'],
    'Prowler': ['kms_key_not_publicly_accessible'],
    'cfripper': ['KMSKeyWildcardPrincipalRule'],
  },
  compliance: { securityHub: ['KMS.5'], nist80053: ['AC-3', 'AC-6', 'SC-12'], pciDss: ['7.2.1'], hipaa: ['164.312(a)(1)'], owaspServerless: ['A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const key of app.ofType('AWS::KMS::Key')) {
      const open = openings(app, key);
      if (open.length === 0) yield { resource: key, holds: 'yes', message: () => '' };
      for (const { statement, isOpen } of open) {
        const message = () => `${statement} is granted to everybody, expected named principals or a condition on who asks`;
        yield { resource: key, property: statement.at('Principal'), holds: not(isOpen), message };
      }
    }
  },
});
