import { addPermission, FunctionEvent } from './events';
import { getAtt, mapOf, only, ref, SamResource, SamResources, textOf, without } from './sam-resources';
import { isMap } from '../value';

/** The logical ids of the APIs that SAM makes for events that name none. */
export const IMPLICIT_REST_API = 'ServerlessRestApi';
export const IMPLICIT_HTTP_API = 'ServerlessHttpApi';

/**
 * The route of an `Api` event. SAM writes routes into an OpenAPI document; here each is a method with the id of its event, which
 * says the same.
 */
export function addApiRoute(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  const api = apiOf(properties.RestApiId) ?? IMPLICIT_REST_API;
  const auth = { ...defaultAuth(resources, api), ...mapOf(properties.Auth) };
  const method = (textOf(properties.Method) ?? 'any').toUpperCase();
  resources.add(`${id}Resource`, 'AWS::ApiGateway::Resource', { RestApiId: ref(api), ParentId: getAtt(api, 'RootResourceId'), PathPart: properties.Path }, fn);
  resources.add(id, 'AWS::ApiGateway::Method', {
    RestApiId: ref(api),
    ResourceId: ref(`${id}Resource`),
    HttpMethod: method === 'ANY' || method === '*' ? 'ANY' : method,
    ...restAuthorization(resources, api, auth),
    ...isMap(properties.RequestModel) ? { RequestModels: { 'application/json': properties.RequestModel.Model } } : {},
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: { 'Fn::Sub': ['arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations', { Function: invoked.arn }] },
      ...auth.InvokeRole === undefined || auth.InvokeRole === 'NONE' ? {} : { Credentials: auth.InvokeRole },
    },
  }, fn);
  addPermission(resources, id, fn, invoked, 'apigateway.amazonaws.com', { SourceArn: executeArn(api, `*/${method === 'ANY' ? '*' : method}`, properties.Path) });
}

export function addHttpRoute(resources: SamResources, { id, fn, properties, invoked }: FunctionEvent): void {
  const api = apiOf(properties.ApiId) ?? IMPLICIT_HTTP_API;
  const auth = { ...defaultAuth(resources, api), ...mapOf(properties.Auth) };
  const method = (textOf(properties.Method) ?? 'any').toUpperCase();
  const integration = `${id}Integration`;
  resources.add(integration, 'AWS::ApiGatewayV2::Integration', {
    ApiId: ref(api),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: invoked.arn,
    PayloadFormatVersion: properties.PayloadFormatVersion ?? '2.0',
    ...only(properties, 'TimeoutInMillis'),
  }, fn);
  resources.add(id, 'AWS::ApiGatewayV2::Route', {
    ApiId: ref(api),
    RouteKey: properties.Path === undefined ? '$default' : { 'Fn::Join': [' ', [method === '*' ? 'ANY' : method, properties.Path]] },
    ...httpAuthorization(resources, api, auth),
    Target: { 'Fn::Join': ['/', ['integrations', ref(integration)]] },
  }, fn);
  addPermission(resources, id, fn, invoked, 'apigateway.amazonaws.com', { SourceArn: executeArn(api, '*', properties.Path ?? '/$default') });
}

/** The API that an event names; a name of another template leaves its routes unknown, yet still reachable. */
function apiOf(raw: unknown): string | undefined {
  return textOf(raw) ?? textOf(mapOf(raw).Ref);
}

function authOf(resources: SamResources, api: string): Record<string, unknown> {
  const declaration = resources.declaration(api) ?? { Type: api === IMPLICIT_REST_API ? 'AWS::Serverless::Api' : 'AWS::Serverless::HttpApi' };
  return mapOf(resources.resource(api, declaration).properties.Auth);
}

function defaultAuth(resources: SamResources, api: string): Record<string, unknown> {
  const { DefaultAuthorizer, EnableIamAuthorizer, ApiKeyRequired, InvokeRole } = authOf(resources, api);
  return Object.fromEntries(Object.entries({ Authorizer: DefaultAuthorizer, EnableIamAuthorizer, ApiKeyRequired, InvokeRole })
    .filter(([, value]) => value !== undefined));
}

function restAuthorization(resources: SamResources, api: string, auth: Record<string, unknown>): Record<string, unknown> {
  const key = auth.ApiKeyRequired === undefined ? {} : { ApiKeyRequired: auth.ApiKeyRequired };
  if (auth.Authorizer === undefined || auth.Authorizer === 'NONE') return { ...key, AuthorizationType: 'NONE' };
  if (auth.Authorizer === 'AWS_IAM') return { ...key, AuthorizationType: 'AWS_IAM' };
  const name = textOf(auth.Authorizer) ?? '';
  const { UserPoolArn } = mapOf(mapOf(authOf(resources, api).Authorizers)[name]);
  return { ...key, AuthorizationType: UserPoolArn === undefined ? 'CUSTOM' : 'COGNITO_USER_POOLS', AuthorizerId: ref(`${api}${name}Authorizer`) };
}

function httpAuthorization(resources: SamResources, api: string, auth: Record<string, unknown>): Record<string, unknown> {
  if (auth.Authorizer === undefined || auth.Authorizer === 'NONE') return { AuthorizationType: 'NONE' };
  if (auth.Authorizer === 'AWS_IAM') return { AuthorizationType: 'AWS_IAM' };
  const name = textOf(auth.Authorizer) ?? '';
  const { JwtConfiguration } = mapOf(mapOf(authOf(resources, api).Authorizers)[name]);
  return {
    AuthorizationType: JwtConfiguration === undefined ? 'CUSTOM' : 'JWT',
    AuthorizerId: ref(`${api}${name}Authorizer`),
    ...auth.AuthorizationScopes === undefined ? {} : { AuthorizationScopes: auth.AuthorizationScopes },
  };
}

function executeArn(api: string, stageAndMethod: string, route: unknown): unknown {
  const path = typeof route === 'string' ? route.replace(/\{[^}]*\}/g, '*') : route;
  return { 'Fn::Sub': [`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${stageAndMethod}\${Path}`, { Api: ref(api), Path: path }] };
}

/** The authorizers of an API, and what lets it call those that are functions. */
export function addAuthorizers(resources: SamResources, api: SamResource, kind: 'rest' | 'http'): void {
  for (const [name, raw] of Object.entries(mapOf(mapOf(api.properties.Auth).Authorizers))) {
    const given = mapOf(raw);
    const id = `${api.id}${name}Authorizer`;
    if (kind === 'rest') resources.add(id, 'AWS::ApiGateway::Authorizer', { RestApiId: ref(api.id), Name: name, ...restAuthorizer(given) }, api);
    else resources.add(id, 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref(api.id), Name: name, ...httpAuthorizer(given) }, api);
    if (given.FunctionArn === undefined || given.FunctionInvokeRole !== undefined) continue;
    addPermission(resources, id, api, { arn: given.FunctionArn, name: given.FunctionArn }, 'apigateway.amazonaws.com', {
      SourceArn: executeArn(api.id, 'authorizers', '/*'),
    });
  }
}

function restAuthorizer(given: Record<string, unknown>): Record<string, unknown> {
  if (given.UserPoolArn !== undefined) return { Type: 'COGNITO_USER_POOLS', ProviderARNs: [given.UserPoolArn].flat() };
  const { Header, ReauthorizeEvery, ValidationExpression } = mapOf(given.Identity);
  return {
    Type: given.FunctionPayloadType ?? 'TOKEN',
    IdentitySource: `method.request.header.${textOf(Header) ?? 'Authorization'}`,
    AuthorizerUri: { 'Fn::Sub': ['arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations', { Function: given.FunctionArn }] },
    ...ReauthorizeEvery === undefined ? {} : { AuthorizerResultTtlInSeconds: ReauthorizeEvery },
    ...ValidationExpression === undefined ? {} : { IdentityValidationExpression: ValidationExpression },
  };
}

function httpAuthorizer(given: Record<string, unknown>): Record<string, unknown> {
  if (given.JwtConfiguration !== undefined) {
    const jwt = Object.entries(mapOf(given.JwtConfiguration)).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]);
    return { AuthorizerType: 'JWT', JwtConfiguration: Object.fromEntries(jwt), IdentitySource: [given.IdentitySource].flat() };
  }
  return {
    AuthorizerType: 'REQUEST',
    AuthorizerUri: { 'Fn::Sub': ['arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations', { Function: given.FunctionArn }] },
    ...without(given, 'FunctionArn', 'FunctionInvokeRole', 'Identity'),
  };
}
