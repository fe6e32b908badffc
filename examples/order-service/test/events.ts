import { APIGatewayProxyEventV2WithJWTAuthorizer, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';

/** The parts of a request through the HTTP API that the handler reads. */
export function apiRequest(body: unknown): APIGatewayProxyEventV2WithJWTAuthorizer {
  return {
    version: '2.0',
    routeKey: 'POST /orders',
    requestContext: { authorizer: { jwt: { claims: { sub: 'customer-1' }, scopes: [] } } },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2WithJWTAuthorizer;
}

/** One message for each body; ids are `message-0`, `message-1`, ... */
export function queueBatch(...bodies: string[]): SQSEvent {
  return { Records: bodies.map((body, index) => ({ messageId: `message-${index}`, body })) } as SQSEvent;
}

/** One record for each order; sequence numbers are `100`, `101`, ... */
export function streamBatch(...ids: string[]): DynamoDBStreamEvent {
  return {
    Records: ids.map((id, index) => ({
      eventName: 'MODIFY',
      dynamodb: {
        SequenceNumber: `${100 + index}`,
        NewImage: { id: { S: id }, status: { S: 'PAID' }, total: { N: '1300' }, items: { L: [] } },
      },
    })),
  };
}
