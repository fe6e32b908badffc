import { isCustomerKey } from '../../model/kms/customer-key';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const environmentEncrypted = defineRule({
  id: 'lambda/environment-encrypted',
  severity: Severity.MEDIUM,
  summary: 'Environment variables are encrypted with a key of the account, where there are any',
  rationale: 'With the key that Lambda has for all functions of an account, whoever may read the configuration of a function reads its variables. A key of its own asks for a second permission, its policy says whose, and CloudTrail shows each use.',
  remedy: 'Give the function a customer managed key, and let its role decrypt with it.',
  fix: `const key = new kms.Key(this, 'Key', { enableKeyRotation: true });
const fn = new lambda.Function(this, 'Function', { code, handler, runtime, environment, environmentEncryption: key });
key.grantDecrypt(fn);`,
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html'],
  peers: {
    checkov: ['CKV_AWS_173'],
    KICS: ['a7f8ac28', '4495bc5d'],
    Prowler: ['awslambda_function_env_vars_not_encrypted_with_cmk'],
    Semgrep: ['aws-lambda-environment-unencrypted'],
    Terrascan: ['AC_AWS_0483'],
  },
  compliance: {
    nist80053: ['SC-12', 'SC-28', 'SC-28(1)'],
    hipaa: ['164.312(a)(2)(iv)'],
    owaspServerless: ['A3'],
    csaSas: ['SAS-7'],
  },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const variables = fn.get('Environment.Variables');
      if (variables.isKnown && variables.entries.length === 0 || variables.kind === 'absent') continue;
      const key = fn.get('KmsKeyArn');
      yield {
        resource: fn,
        property: 'KmsKeyArn',
        holds: isCustomerKey(key),
        message: () => `the key of the environment variables is \`${key}\`, expected a customer managed key`,
      };
    }
  },
});
