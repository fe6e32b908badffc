import { apiOf } from './apis';
import { Route, routes } from './routes';
import { AppModel, view } from '../app-model';
import { Multimap } from '../multimap';
import { Resource } from '../resource';
import { Value } from '../value';

/** What an API answers to a browser that asks which scripts may call it. */
export interface Cors {
  readonly resource: Resource;
  /** Where the origins stand. */
  readonly property: string;
  readonly origins: Value;
  /** Whether scripts may send cookies and the like along. */
  readonly credentials: Value;
  /** What scripts may call. */
  readonly routes: readonly Route[];
}

/** The answers of HTTP APIs, which API Gateway gives by itself, and of methods of REST APIs that were made for it. */
export const corsAnswers = view((app): readonly Cors[] => [
  ...app.ofType('AWS::ApiGatewayV2::Api').flatMap(api => [ofConfiguration(app, api, CONFIGURATION), ofConfiguration(app, api, EXTENSION)].flatMap(cors => cors ?? [])),
  ...app.ofType('AWS::ApiGateway::Method').filter(method => method.get('HttpMethod').text === 'OPTIONS').flatMap(method => ofPreflight(app, method)),
]);

/** Where an HTTP API says it, and how it calls the two. */
const CONFIGURATION = ['CorsConfiguration', 'AllowOrigins', 'AllowCredentials'] as const;
const EXTENSION = ['Body.x-amazon-apigateway-cors', 'allowOrigins', 'allowCredentials'] as const;

function ofConfiguration(app: AppModel, api: Resource, [place, origins, credentials]: typeof CONFIGURATION | typeof EXTENSION): Cors | undefined {
  const configuration = api.get(place);
  if (configuration.kind === 'absent') return undefined;
  return {
    resource: api,
    property: `${place}.${origins}`,
    origins: configuration.get(origins),
    credentials: configuration.get(credentials).or(false),
    routes: routesByPlace(app).get(api.id),
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html */
function ofPreflight(app: AppModel, method: Resource): Cors[] {
  const responses = method.get('Integration.IntegrationResponses');
  return responses.items.flatMap((response, index): Cors[] => {
    const headers = new Map(response.get('ResponseParameters').entries.map(([name, value]) => [name.replace(/^method\.response\.header\./, '').toLowerCase(), value]));
    const origins = headers.get('access-control-allow-origin');
    if (!origins) return [];
    return [{
      resource: method,
      property: Array.isArray(responses.literal) ? `Integration.IntegrationResponses.${index}.ResponseParameters` : 'Integration.IntegrationResponses',
      origins: unquoted(origins),
      credentials: unquoted(headers.get('access-control-allow-credentials') ?? Value.known(false)),
      routes: routesByPlace(app).get(placeOf(method) ?? ''),
    }];
  });
}

/** A fixed value, which stands in quotes within the template. */
function unquoted(value: Value): Value {
  return value.text === undefined ? value : Value.known(value.text.replace(/^'(.*)'$/, '$1'));
}

/** The routes below each HTTP API, and beside each other in each path of a REST API. */
const routesByPlace = view(app => {
  const byPlace = new Multimap<string, Route>();
  for (const route of routes(app)) {
    const place = route.resource.type === 'AWS::ApiGateway::Method' ? placeOf(route.resource) : route.api?.id;
    if (place !== undefined) byPlace.add(place, route);
  }
  return byPlace;
});

function placeOf(method: Resource): string | undefined {
  const api = apiOf(method);
  return api && `${api.id} ${method.get('ResourceId').target?.id ?? method.get('ResourceId')}`;
}
