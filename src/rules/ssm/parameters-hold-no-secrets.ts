import { KEPT_SECRETS } from '../../secrets/compliance';
import { exposedSecrets } from '../../secrets/exposed-secrets';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const parametersHoldNoSecrets = defineRule({
  id: 'ssm/parameters-hold-no-secrets',
  severity: Severity.HIGH,
  summary: 'Parameters of Systems Manager that a template makes hold no secrets',
  rationale: 'CloudFormation can make only parameters in plain text, not `SecureString`: everybody who may read the template or the parameter has the secret, and no key stands in between.',
  remedy: 'Keep the value in Secrets Manager, and let the parameter, if anything needs it, hold the ARN of the secret.',
  fix: `const secret = new secretsmanager.Secret(this, 'Secret');
new ssm.StringParameter(this, 'SecretArn', { stringValue: secret.secretArn });`,
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-parameter.html',
  ],
  peers: { checkov: ['CKV_AWS_384'] },
  compliance: KEPT_SECRETS,

  *check(app) {
    for (const parameter of app.ofType('AWS::SSM::Parameter')) {
      const name = parameter.get('Name').text ?? parameter.logicalId;
      for (const exposure of exposedSecrets(parameter, 'Value', name)) {
        yield { ...exposure, message: () => `${exposure.what}, expected the ARN of a secret` };
      }
    }
  },
});
