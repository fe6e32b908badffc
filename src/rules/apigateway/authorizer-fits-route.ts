import { apiOf } from '../../model/apigateway/apis';
import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { agreed, all, verdict, Verdict } from '../../model/verdict';
import { defineRule } from '../define-rule';
import { Severity } from '../severity';

/** The kinds of authorizers that each way of asking goes by. */
const KINDS: ReadonlyMap<string | undefined, readonly string[]> = new Map([
  ['CUSTOM', ['REQUEST', 'TOKEN']], ['COGNITO_USER_POOLS', ['COGNITO_USER_POOLS']], ['JWT', ['JWT']],
]);

function kindOf(authorizer: Resource): Value {
  return authorizer.get(authorizer.type === 'AWS::ApiGateway::Authorizer' ? 'Type' : 'AuthorizerType');
}

/** Whether a route asks for what the authorizer does. */
function asksForIt(route: Resource, authorizer: Resource): Verdict {
  const kind = kindOf(authorizer);
  if (kind.kind === 'absent') return 'unknown';
  return agreed(route.get('AuthorizationType').or('NONE').branches.map(({ text }) => text === undefined ? 'unknown' : kind.isOneOf(KINDS.get(text) ?? [])));
}

function isOfSameApi(route: Resource, authorizer: Resource): Verdict {
  const [own, other] = [apiOf(route), apiOf(authorizer)];
  return own && other ? verdict(own === other) : 'unknown';
}

export const authorizerFitsRoute = defineRule({
  id: 'apigateway/authorizer-fits-route',
  severity: Severity.MEDIUM,
  summary: 'An authorizer that a route names is of the same API, and of the kind that the route asks for',
  rationale: 'Where a route names an authorizer and asks for `NONE` or `AWS_IAM`, the authorizer is never called, and whoever reads the template believes that it is. One of another API is refused by the deployment.',
  remedy: 'Ask for what the authorizer does, and make an authorizer for each API.',
  fix: 'orders.addMethod(\'GET\', integration, { authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM });',
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html',
  ],
  peers: { 'cfn-lint': ['E3699', 'E3708'] },
  compliance: { nist80053: ['AC-3', 'IA-2'], pciDss: ['7.2.1'], owaspServerless: ['A2', 'A5'], csaSas: ['SAS-2'] },

  *check(app) {
    for (const route of app.ofType('AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route')) {
      for (const authorizer of route.get('AuthorizerId').targets) {
        const same = isOfSameApi(route, authorizer);
        yield {
          resource: route,
          property: same === 'no' ? 'AuthorizerId' : 'AuthorizationType',
          holds: all([same, asksForIt(route, authorizer)]),
          message: () => same === 'no'
            ? `the authorizer is of \`${apiOf(authorizer)}\`, expected one of \`${apiOf(route)}\``
            : `the route asks for \`${route.get('AuthorizationType').or('NONE')}\`, expected what its authorizer does, \`${kindOf(authorizer)}\``,
        };
      }
    }
  },
});
