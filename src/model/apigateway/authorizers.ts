import { apiOf, isWebSocket } from './apis';
import { routesOf } from './routes';
import { AppModel, view } from '../app-model';
import { mentionsOf } from '../mentions';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';
import { Verdict } from '../verdict';

export const authorizers = view((app): readonly Resource[] => app.ofType('AWS::ApiGateway::Authorizer', 'AWS::ApiGatewayV2::Authorizer'));

/** The methods and routes that name an authorizer. */
export const usersOf = view((app): Multimap<Resource, Resource> => {
  const users = new Multimap<Resource, Resource>();
  for (const route of app.ofType('AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route')) {
    for (const authorizer of route.get('AuthorizerId').targets) users.add(authorizer, route);
  }
  return users;
});

/** Whether routes that aren't known here may name an authorizer: those of a definition, or of another app. */
export function mayBeUsedElsewhere(app: AppModel, authorizer: Resource): Verdict {
  const api = apiOf(authorizer);
  if (!api || mentionsOf(app, authorizer).outputs.length > 0) return 'unknown';
  const defined = routesOf(app).get(api).some(({ resource }) => resource === api);
  return defined || unclear(app).has(api) ? 'unknown' : 'no';
}

/** The APIs of which a route names an authorizer that only deployment knows. */
const unclear = view(app => new Set(app.ofType('AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Route').flatMap(route => {
  const id = route.get('AuthorizerId');
  return id.kind !== 'absent' && id.targets.length === 0 && !id.isKnown ? apiOf(route) ?? [] : [];
})));

/**
 * How long decisions are kept, in seconds. Only REST APIs keep them unless told otherwise, and WebSocket APIs keep none.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html
 */
export function keptFor(authorizer: Resource): Value {
  if (authorizer.get('AuthorizerUri').isSet === 'no' || isWebSocket(apiOf(authorizer)) === 'yes') return Value.known(0);
  return authorizer.get('AuthorizerResultTtlInSeconds').or(authorizer.type === 'AWS::ApiGateway::Authorizer' ? 300 : 0);
}
