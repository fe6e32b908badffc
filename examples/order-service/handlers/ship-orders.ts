import { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { OrderTable } from './order-table';

/** Ships each paid order; messages that fail come back alone, without the rest of their batch. */
export function shipOrders(orders: OrderTable) {
  return async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.allSettled(records.map(ship));
    const failed = records.filter((_, index) => outcomes[index].status === 'rejected');
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

  async function ship(record: SQSRecord): Promise<void> {
    try {
      await orders.changeStatus(orderIdIn(record), 'PAID', 'SHIPPED');
    } catch (error) {
      console.error('order not shipped', { message: record.messageId, error });
      throw error;
    }
  }
}

function orderIdIn({ body }: SQSRecord): string {
  const id = JSON.parse(body)?.detail?.id;
  if (typeof id !== 'string') throw new Error('the message names no order');
  return id;
}

export const handler = shipOrders(new OrderTable(process.env.ORDERS_TABLE!));
