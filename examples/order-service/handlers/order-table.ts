import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Order } from './order';

/** Orders in DynamoDB. Each change of status names the one before it, so that a retry can't repeat or undo anything. */
export class OrderTable {
  private readonly documents: DynamoDBDocumentClient;

  constructor(private readonly tableName: string, client = new DynamoDBClient()) {
    this.documents = DynamoDBDocumentClient.from(client);
  }

  public async add(order: Order): Promise<void> {
    await this.documents.send(new PutCommand({
      TableName: this.tableName,
      Item: { ...order, day: order.createdAt.slice(0, 10) }, // key of the index that the daily report reads
      ConditionExpression: 'attribute_not_exists(id)',
    }));
  }

  /** An order that has the status `to` already stays as it is; any other than `from` is an error. */
  public async changeStatus(id: string, from: Order['status'], to: Order['status']): Promise<void> {
    try {
      await this.documents.send(new UpdateCommand({
        TableName: this.tableName,
        Key: { id },
        UpdateExpression: 'SET #status = :to',
        ConditionExpression: '#status = :from',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':from': from, ':to': to },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
    } catch (error) {
      const status = error instanceof ConditionalCheckFailedException ? error.Item?.status?.S : undefined;
      if (status !== to) throw error;
    }
  }
}
