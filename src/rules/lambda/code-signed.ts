import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const codeSigned = defineRule({
  id: 'lambda/code-signed',
  severity: Severity.MEDIUM,
  summary: 'Only code that a trusted publisher signed is deployed, where signing is required',
  rationale: 'Whoever gets at the bucket or the pipeline can exchange the code of a function for his own, unless its signature is checked.',
  remedy: 'Give each function a code signing configuration that refuses what isn\'t signed.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, codeSigningConfig: new lambda.CodeSigningConfig(this, \'Signing\', { signingProfiles: [profile], untrustedArtifactOnDeployment: lambda.UntrustedArtifactOnDeployment.ENFORCE }) });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html'],
  peers: { checkov: ['CKV_AWS_272'], CloudSploit: ['lambdaCodeSigningEnabled'] },
  compliance: { nist80053: ['CM-14', 'SI-7(15)', 'SR-4(3)'], pciDss: ['6.3.2'], owaspServerless: ['A9'], csaSas: ['SAS-6'] },
  options: {
    required: { type: 'boolean', description: 'Whether all functions must be signed, also in an app without any code signing configuration', default: false },
  },

  *check(app, { required }) {
    const configs = app.ofType('AWS::Lambda::CodeSigningConfig');
    for (const config of configs) {
      const policy = config.get('CodeSigningPolicies.UntrustedArtifactOnDeployment').or('Warn');
      yield {
        resource: config,
        property: 'CodeSigningPolicies.UntrustedArtifactOnDeployment',
        holds: policy.is('Enforce'),
        message: () => `for code that is not signed the policy is \`${policy}\`, expected \`Enforce\``,
      };
    }
    if (!required && configs.length === 0) return;
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      // Neither images nor code within the template can be signed for Lambda.
      if (fn.get('Code.ImageUri').kind !== 'absent' || fn.get('Code.ZipFile').kind !== 'absent') continue;
      const config = fn.get('CodeSigningConfigArn');
      yield { resource: fn, property: 'CodeSigningConfigArn', holds: config.isSet, message: () => `the code signing configuration is \`${config}\`, expected one` };
    }
  },
});
