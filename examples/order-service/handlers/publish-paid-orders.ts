import { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/** Puts an event on the bus for each order that was paid; the event source lets no other record through. */
export function publishPaidOrders(busName: string, client = new EventBridgeClient()) {
  return async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { Entries: results = [] } = await client.send(new PutEventsCommand({
      Entries: records.map(record => ({
        EventBusName: busName,
        Source: 'order-service',
        DetailType: 'OrderPaid',
        Detail: JSON.stringify(orderIn(record)),
      })),
    }));
    // A stream is read again from the first failure on, so that one says it all.
    const failed = results.findIndex(({ ErrorCode: code }) => code !== undefined);
    if (failed < 0) return { batchItemFailures: [] };
    console.error('event refused', { code: results[failed].ErrorCode, message: results[failed].ErrorMessage });
    return { batchItemFailures: [{ itemIdentifier: records[failed].dynamodb!.SequenceNumber! }] };
  };
}

function orderIn({ dynamodb }: DynamoDBRecord): Record<string, unknown> {
  return unmarshall(dynamodb!.NewImage as Record<string, AttributeValue>);
}

export const handler = publishPaidOrders(process.env.BUS_NAME!);
