import { TriggerFact, TriggerReader, TriggerService, waits } from './trigger';
import { calculated } from '../arithmetic';
import { Resource } from '../resource';
import { Value } from '../value';

/**
 * APIs of API Gateway and their authorizers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const API_TRIGGERS: Record<string, TriggerReader> = {
  *'AWS::ApiGateway::Method'(method) {
    const integration = method.get('Integration');
    yield { service: 'rest-api', property: 'Integration.Uri', source: method.get('RestApiId'), ...ofIntegration(integration, 'Uri', 29) };
  },

  *'AWS::ApiGateway::Authorizer'(authorizer) {
    yield { service: 'authorizer', names: authorizer.get('AuthorizerUri'), property: 'AuthorizerUri', source: authorizer.get('RestApiId'), wait: ANSWER_TO_REST };
  },

  *'AWS::ApiGatewayV2::Integration'(integration) {
    const websocket = isWebSocket(integration);
    const service: TriggerService = websocket ? 'websocket-api' : 'http-api';
    yield { service, property: 'IntegrationUri', source: integration.get('ApiId'), ...ofIntegration(integration.properties, 'IntegrationUri', websocket ? 29 : 30) };
  },

  *'AWS::ApiGatewayV2::Authorizer'(authorizer) {
    const wait = isWebSocket(authorizer) ? ANSWER_TO_REST : waits(10, 'refuses the request');
    yield { service: 'authorizer', names: authorizer.get('AuthorizerUri'), property: 'AuthorizerUri', source: authorizer.get('ApiId'), wait };
  },

  'AWS::ApiGateway::RestApi': api => ofDefinition(api, 'rest-api', 29),
  'AWS::ApiGatewayV2::Api': api => ofDefinition(api, 'http-api', 30),
};

/** The whole request has 29 s by default, so whoever decides on it has no more. */
const ANSWER_TO_REST = waits(29, 'refuses the request');

/** The function of an integration, and how long the API waits: less where it says so, and more where the quota was raised. */
function ofIntegration(integration: Value, uri: string, seconds: number): Pick<TriggerFact, 'names' | 'invocation' | 'wait'> {
  const names = integration.get(uri);
  const queued = ['RequestParameters', 'requestParameters'].some(key => integration.get(key).entries.some(([name, value]) =>
    /^integration\.request\.header\.X-Amz-Invocation-Type$/i.test(name) && /'?Event'?/.test(value.text ?? '')));
  if (queued) return { names, invocation: 'asynchronous' };
  const streamed = ['ResponseTransferMode', 'responseTransferMode'].some(key => integration.get(key).text === 'STREAM');
  if (streamed) return { names };
  const set = integration.get(integration.get('timeoutInMillis').kind === 'absent' ? 'TimeoutInMillis' : 'timeoutInMillis');
  return { names, wait: { seconds: calculated([set.or(seconds * 1000)], milliseconds => milliseconds / 1000), then: 'answers the caller with an error' } };
}

function isWebSocket(part: Resource): boolean {
  return part.get('ApiId').target?.get('ProtocolType').text === 'WEBSOCKET';
}

/** The integrations in an OpenAPI definition, which stands in the template itself. */
function* ofDefinition(api: Resource, service: TriggerService, seconds: number): Generator<TriggerFact> {
  for (const [, operations] of api.get('Body.paths').entries) {
    for (const [, operation] of operations.entries) {
      const integration = operation.get('x-amazon-apigateway-integration');
      if (integration.kind === 'absent') continue;
      yield { service, property: 'Body', source: api.reference('Ref'), ...ofIntegration(integration, 'uri', seconds) };
    }
  }
  for (const [, scheme] of api.get('Body.components.securitySchemes').entries) {
    const names = scheme.get('x-amazon-apigateway-authorizer.authorizerUri');
    if (names.kind !== 'absent') yield { service: 'authorizer', property: 'Body', names, wait: service === 'http-api' ? waits(10, 'refuses the request') : ANSWER_TO_REST };
  }
}
