import { isAtEdge } from '../../model/lambda/at-edge';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const activeTracing = defineRule({
  id: 'lambda/active-tracing',
  severity: Severity.LOW,
  summary: 'Functions trace the requests that they handle',
  rationale: 'Without traces nobody can tell which request went where, neither when it fails nor when it was an attack.',
  remedy: 'Turn on active tracing, which samples requests by itself instead of waiting for a caller that does.',
  fix: 'new lambda.Function(this, \'Handler\', { ...props, tracing: lambda.Tracing.ACTIVE });',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-7',
  ],
  peers: { 'cdk-nag': ['Serverless-LambdaTracing'], 'checkov': ['CKV_AWS_50'], 'KICS': ['9488c451'], 'Security Hub': ['Lambda.7'], 'Trivy': ['AWS-0066'] },
  compliance: { securityHub: ['Lambda.7'], nist80053: ['AU-12', 'CA-7', 'SI-4'], owaspServerless: ['A10'], csaSas: ['SAS-5'] },

  *check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      if (isAtEdge(app, fn)) continue;
      const mode = fn.get('TracingConfig.Mode');
      yield {
        resource: fn,
        property: 'TracingConfig.Mode',
        holds: mode.is('Active'),
        message: () => `the tracing mode is \`${mode}\`, expected \`Active\``,
      };
    }
  },
});
