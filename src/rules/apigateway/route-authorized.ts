import { isGuarded } from '../../iam/guarded-apis';
import { routes } from '../../model/apigateway/routes';
import { any, verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

export const routeAuthorized = defineRule({
  id: 'apigateway/route-authorized',
  severity: Severity.HIGH,
  summary: 'Each route of an API asks who calls',
  rationale: 'Everybody on the internet can call a route without authorization, with input of their choice and at your cost. An API key does not tell who calls.',
  remedy: 'Set an authorizer for the API, or authorization by IAM. List routes that are meant for everybody, such as a check of health, in the option `publicRoutes`.',
  fix: `const api = new apigateway.LambdaRestApi(this, 'Api', {
  handler,
  defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
});`,
  references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html'],
  peers: { 'cdk-nag': ['AwsSolutions-APIG4'], 'checkov': ['CKV_AWS_59'], 'cfn_nag': ['W59'], 'KICS': ['1056dfbb'], 'Trivy': ['AWS-0004'], 'Sonar': ['S6333'] },
  compliance: {
    securityHub: ['APIGateway.8'],
    nist80053: ['AC-3', 'IA-2'],
    pciDss: ['7.2.1', '8.2.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    owaspServerless: ['A2', 'A5'],
    csaSas: ['SAS-2'],
  },
  options: {
    publicRoutes: { type: 'strings', description: 'Routes that everybody may call, as in `GET /health`', default: [], pattern: /^\S+( \/\S*)?$/ },
  },

  *check(app, { publicRoutes }) {
    for (const { resource, property, api, name, authorization } of routes(app)) {
      const asks = authorization.satisfies(({ text }) => text !== 'NONE');
      const holds = any([asks, verdict(publicRoutes.includes(String(name))), isGuarded(app, api)]);
      yield { resource, property, holds, message: () => `\`${name}\` asks for \`${authorization}\`, expected an authorizer or \`AWS_IAM\`` };
    }
  },
});
