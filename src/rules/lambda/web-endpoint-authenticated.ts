import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const webEndpointAuthenticated = defineRule({
  id: 'lambda/web-endpoint-authenticated',
  severity: Severity.CRITICAL,
  summary: 'The endpoint of a web function asks who calls',
  rationale: 'Lambda lets every request through to the code, from anybody on the internet, at your cost.',
  remedy: 'Set the type of authentication to `IamAuth` and let callers sign, CloudFront among them. Where the code authenticates by itself, acknowledge the finding with that reason.',
  fix: 'new lambda.WebFunction(this, \'Web\', { code, runtime, defaultEndpointAuth: lambda.WebFunctionAuthType.IAM_AUTH });',
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/web-functions-endpoint-access-control.html'],
  peers: {},
  compliance: { nist80053: ['AC-3', 'IA-2', 'SC-7'], pciDss: ['7.2.1', '8.3.1'], hipaa: ['164.312(a)(1)', '164.312(d)'], owaspServerless: ['A2', 'A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const endpoint of app.ofType('AWS::Lambda::WebFunctionEndpoint')) {
      const type = endpoint.get('AuthType');
      yield {
        resource: endpoint,
        property: 'AuthType',
        holds: type.is('IamAuth'),
        message: () => `the endpoint authenticates callers by \`${type}\`, expected \`IamAuth\``,
        reasons: () => [{ resource: endpoint, property: 'FunctionName', text: `the endpoint runs ${endpoint.get('FunctionName')}` }],
      };
    }
  },
});
