import { isMap } from '../value';
import { addAuthorizers, IMPLICIT_HTTP_API, IMPLICIT_REST_API } from './api-events';
import { mapOf, only, ref, SamResource, SamResources, textOf, undecided } from './sam-resources';

/** Writes out `AWS::Serverless::Api`: the API, its deployment, its stage and its authorizers. */
export function addRestApi(resources: SamResources, api: SamResource): void {
  const { id, properties } = api;
  const stageName = properties.StageName ?? 'Prod';
  const stage = `${id}${textOf(stageName) ?? ''}Stage`;
  const policy = mapOf(properties.Auth).ResourcePolicy;
  resources.add(id, 'AWS::ApiGateway::RestApi', {
    ...only(properties, 'Name', 'Description', 'FailOnWarnings', 'BinaryMediaTypes', 'MinimumCompressionSize', 'DisableExecuteApiEndpoint', 'ApiKeySourceType', 'Mode'),
    ...properties.DefinitionBody === undefined ? {} : { Body: properties.DefinitionBody },
    ...isMap(properties.DefinitionUri) ? { BodyS3Location: properties.DefinitionUri } : {},
    ...endpoint(properties.EndpointConfiguration),
    ...policy === undefined ? {} : { Policy: policyOf(mapOf(policy)) },
  }, api);
  // The real id ends with a hash of the routes.
  resources.add(`${id}Deployment`, 'AWS::ApiGateway::Deployment', { RestApiId: ref(id) }, api);
  resources.add(stage, 'AWS::ApiGateway::Stage', {
    RestApiId: ref(id),
    DeploymentId: ref(`${id}Deployment`),
    StageName: stageName,
    ...only(properties, 'TracingEnabled', 'AccessLogSetting', 'MethodSettings', 'CacheClusterEnabled', 'CacheClusterSize', 'CanarySetting', 'Variables'),
  }, api);
  resources.names.set(`${id}.Stage`, stage).set(`${id}.Deployment`, `${id}Deployment`);
  addAuthorizers(resources, api, 'rest');
}

export function addHttpApi(resources: SamResources, api: SamResource): void {
  const { id, properties } = api;
  const stage = properties.StageName === undefined ? `${id}ApiGatewayDefaultStage` : `${id}${textOf(properties.StageName) ?? ''}Stage`;
  resources.add(id, 'AWS::ApiGatewayV2::Api', {
    ProtocolType: 'HTTP',
    ...only(properties, 'Name', 'Description', 'DisableExecuteApiEndpoint', 'CorsConfiguration', 'FailOnWarnings'),
    ...properties.DefinitionBody === undefined ? {} : { Body: properties.DefinitionBody },
  }, api);
  resources.add(stage, 'AWS::ApiGatewayV2::Stage', {
    ApiId: ref(id),
    StageName: properties.StageName ?? '$default',
    AutoDeploy: true,
    ...properties.AccessLogSettings === undefined ? {} : { AccessLogSettings: properties.AccessLogSettings },
    ...only(properties, 'DefaultRouteSettings', 'RouteSettings', 'StageVariables'),
  }, api);
  resources.names.set(`${id}.Stage`, stage);
  addAuthorizers(resources, api, 'http');
}

/** The APIs that SAM makes because events of functions name none. */
export function addImplicitApis(resources: SamResources, declared: Record<string, unknown>): void {
  const events = Object.values(declared).filter(isMap).filter(({ Type }) => Type === 'AWS::Serverless::Function' || Type === 'AWS::Serverless::StateMachine')
    .flatMap(({ Properties }) => Object.values(mapOf(mapOf(Properties).Events))).map(mapOf);
  const some = (type: string, api: string) => events.some(({ Type, Properties }) => Type === type && mapOf(Properties)[api] === undefined);
  if (some('Api', 'RestApiId')) addRestApi(resources, resources.resource(IMPLICIT_REST_API, { Type: 'AWS::Serverless::Api' }));
  if (some('HttpApi', 'ApiId')) addHttpApi(resources, resources.resource(IMPLICIT_HTTP_API, { Type: 'AWS::Serverless::HttpApi' }));
}

function endpoint(raw: unknown): Record<string, unknown> {
  if (raw === undefined) return {};
  if (typeof raw === 'string') return { EndpointConfiguration: { Types: [raw] } };
  const { Type, VPCEndpointIds } = mapOf(raw);
  return { EndpointConfiguration: { Types: [Type], ...VPCEndpointIds === undefined ? {} : { VpcEndpointIds: VPCEndpointIds } } };
}

/** Lists of addresses and networks become statements only once SAM ran. */
function policyOf(given: Record<string, unknown>): unknown {
  const { CustomStatements, ...lists } = given;
  return CustomStatements !== undefined && Object.keys(lists).length === 0 ? { Version: '2012-10-17', Statement: CustomStatements } : undecided('ResourcePolicy');
}
