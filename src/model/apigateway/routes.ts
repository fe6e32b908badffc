import { apiOf, isWebSocket } from './apis';
import { view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { isMap, Value } from '../value';

/** One way to call an API. */
export interface Route {
  readonly resource: Resource;
  /** Where it says who may call it. */
  readonly property: string;
  readonly api: Resource | undefined;
  /** As people write it: `GET /orders`, `$connect`. */
  readonly name: Value;
  /** How a caller has to prove who it is: `NONE`, `AWS_IAM`, `CUSTOM`, `JWT`, ... */
  readonly authorization: Value;
}

/**
 * All routes of all APIs. Preflight requests of browsers and what comes after the opening of a WebSocket are none that anybody
 * could ask for authorization.
 */
export const routes = view((app): readonly Route[] => [
  ...app.ofType('AWS::ApiGateway::Method').map(ofMethod),
  ...app.ofType('AWS::ApiGatewayV2::Route').flatMap(ofRoute),
  ...app.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').flatMap(api => [...ofDefinition(api), ...ofQuickCreation(api)]),
].filter(({ name }) => !/^OPTIONS(?: |$)/i.test(String(name))));

function ofMethod(method: Resource): Route {
  const name = Value.known(`${method.get('HttpMethod')} ${pathOf(method.get('ResourceId'))}`);
  return { resource: method, property: 'AuthorizationType', api: apiOf(method), name, authorization: method.get('AuthorizationType').or('NONE') };
}

function ofRoute(route: Resource): Route[] {
  const [api, name] = [apiOf(route), route.get('RouteKey')];
  if (isWebSocket(api) === 'yes' && name.is('$connect') === 'no') return [];
  return [{ resource: route, property: 'AuthorizationType', api, name, authorization: route.get('AuthorizationType').or('NONE') }];
}

/** An API with a target makes a route for everything by itself. */
function ofQuickCreation(api: Resource): Route[] {
  if (api.get('Target').isSet === 'no') return [];
  return [{ resource: api, property: 'Target', api, name: api.get('RouteKey').or('$default'), authorization: Value.known('NONE') }];
}

function pathOf(id: Value, depth = 0): string {
  const { target, attribute } = id;
  if (attribute === 'RootResourceId') return depth === 0 ? '/' : '';
  if (target?.type !== 'AWS::ApiGateway::Resource' || depth > DEEPEST) return `/${id}`;
  return `${pathOf(target.get('ParentId'), depth + 1)}/${target.get('PathPart')}`;
}

const DEEPEST = 50;

/** What an OpenAPI definition in the template says; of one that stands elsewhere, nothing is known. */
function ofDefinition(api: Resource): Route[] {
  const body = api.get('Body');
  const elsewhere = api.get('BodyS3Location').isSet !== 'no' ? 'BodyS3Location' : body.isSet !== 'no' && !isMap(body.literal) ? 'Body' : undefined;
  if (elsewhere) return [{ resource: api, property: elsewhere, api, name: Value.known('each route'), authorization: Value.unknown('definition') }];
  return body.get('paths').entries.flatMap(([path, operations]) => operations.entries.filter(([verb]) => VERB.test(verb)).map(([verb, operation]) => ({
    resource: api,
    property: `Body.paths.${path}.${verb}`,
    api,
    name: Value.known(`${verb === 'x-amazon-apigateway-any-method' ? 'ANY' : verb.toUpperCase()} ${path}`),
    authorization: secured(body, operation),
  })));
}

const VERB = /^(?:get|put|post|delete|options|head|patch|trace|x-amazon-apigateway-any-method)$/;

/** The scheme that an operation asks for, if API Gateway enforces it; an API key by itself is no proof of who calls. */
function secured(body: Value, operation: Value): Value {
  const own = operation.get('x-amazon-apigateway-auth.type');
  if (own.kind !== 'absent') return own;
  const security = operation.get('security').kind === 'absent' ? body.get('security') : operation.get('security');
  if (security.kind !== 'absent' && !Array.isArray(security.literal)) return Value.unknown(String(security));
  const schemes = security.items.flatMap(requirement => requirement.entries.map(([name]) => name));
  const enforced = schemes.find(name => ['components.securitySchemes', 'securityDefinitions'].some(place => {
    const scheme = body.get(`${place}.${name}`);
    return ['x-amazon-apigateway-authtype', 'x-amazon-apigateway-authorizer'].some(key => scheme.get(key).kind !== 'absent');
  }));
  return Value.known(enforced ?? 'NONE');
}

/** The routes of each API. */
export const routesOf = view((app): Multimap<Resource, Route> => {
  const byApi = new Multimap<Resource, Route>();
  for (const route of routes(app)) if (route.api) byApi.add(route.api, route);
  return byApi;
});

/** Whether what is known of a route is no more than that there are some. */
export function isElsewhere({ property }: Route): boolean {
  return property === 'BodyS3Location' || property === 'Body';
}
