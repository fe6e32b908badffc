import { outputs } from '../../model/cloudformation/declarations';
import { KEPT_SECRETS } from '../../secrets/compliance';
import { exposedSecrets } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const outputsHoldNoSecrets = defineRule({
  id: 'cloudformation/outputs-hold-no-secrets',
  severity: Severity.HIGH,
  summary: 'Outputs and exports of stacks hold no secrets',
  rationale: 'Everybody who may describe the stack or list exports reads outputs in plain text, and tools that deploy print them into their logs.',
  remedy: 'Give out the ARN of a secret instead, and put what a resource generates, such as an access key, into Secrets Manager.',
  fix: `const secret = new secretsmanager.Secret(this, 'Credentials', { secretStringValue: accessKey.secretAccessKey });
new CfnOutput(this, 'CredentialsArn', { value: secret.secretArn });`,
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html',
  ],
  peers: { 'Prowler': ['cloudformation_stack_outputs_find_secrets'], 'cfn-lint': ['W2010'] },
  compliance: KEPT_SECRETS,

  *check(app) {
    for (const output of outputs(app)) {
      for (const exposure of exposedSecrets(output, 'Value', output.logicalId)) {
        yield { ...exposure, message: () => `${exposure.what}, expected the ARN of a secret` };
      }
    }
  },
});
