import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const urlAuthenticated = defineRule({
  id: 'lambda/url-authenticated',
  severity: Severity.CRITICAL,
  summary: 'The URL of a function asks who calls',
  rationale: 'Anybody on the internet can run the function with any input, as often as concurrency allows, at your cost.',
  remedy: 'Set the type of authentication to `AWS_IAM` and let callers sign, CloudFront among them by an origin access control. Where the code checks a signature by itself, as for webhooks, acknowledge the finding with that reason.',
  fix: 'fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'],
  peers: {
    'cdk-nag': ['LambdaFunctionUrlAuth'],
    'checkov': ['CKV_AWS_258'],
    'Control Tower': ['CT.LAMBDA.PR.5'],
    'Prowler': ['awslambda_function_url_public'],
    'CloudSploit': ['lambdaNetworkExposure'],
  },
  compliance: { nist80053: ['AC-3', 'IA-2', 'SC-7'], pciDss: ['7.2.1', '8.3.1'], hipaa: ['164.312(a)(1)', '164.312(d)'], owaspServerless: ['A2', 'A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const url of app.ofType('AWS::Lambda::Url')) {
      const type = url.get('AuthType');
      yield {
        resource: url,
        property: 'AuthType',
        holds: type.is('AWS_IAM'),
        message: () => `the URL authenticates callers by \`${type}\`, expected \`AWS_IAM\``,
        reasons: () => [{ resource: url, property: 'TargetFunctionArn', text: `the URL runs ${url.get('TargetFunctionArn')}` }],
      };
    }
  },
});
