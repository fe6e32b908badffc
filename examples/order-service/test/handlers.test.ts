import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { apiRequest, queueBatch, streamBatch } from './events';
import { Answer, FakeServer } from './fake-server';
import { OrderTable } from '../handlers/order-table';
import { PaymentProvider } from '../handlers/payment-provider';
import { placeOrder } from '../handlers/place-order';
import { publishPaidOrders } from '../handlers/publish-paid-orders';
import { readSecret } from '../handlers/secret';
import { shipOrders } from '../handlers/ship-orders';

const KEY_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:PaymentApiKey-AbCdEf';
const TOKEN = 'tok_12345678';

let server: FakeServer;
const logged = jest.spyOn(console, 'error');

beforeEach(async () => {
  logged.mockImplementation(() => undefined);
  server = await FakeServer.start();
  process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT = String(server.port);
  process.env.AWS_SESSION_TOKEN = 'session-token';
});

afterEach(async () => {
  await server.stop();
  delete process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT;
  delete process.env.AWS_SESSION_TOKEN;
});

function clientConfig() {
  return { endpoint: server.url, region: 'eu-west-1', credentials: { accessKeyId: 'id', secretAccessKey: 'key' }, maxAttempts: 1 };
}

const orderTable = () => new OrderTable('Orders', new DynamoDBClient(clientConfig()));

/** DynamoDB's answer when the order has another status than the one that the update asks for. */
function conditionFailed(status?: string): Answer {
  return {
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
      ...status && { Item: { id: { S: 'order-1' }, status: { S: status } } },
    },
  };
}

describe('placing an order', () => {
  const place = (body: unknown) => placeOrder(orderTable(), new PaymentProvider(server.url, KEY_ARN))(apiRequest(body));
  const request = { items: [{ sku: 'TEA-GREEN', quantity: 2 }, { sku: 'POT-CERAMIC', quantity: 1 }], paymentToken: TOKEN };

  beforeEach(() => {
    server.on('PutItem', { body: {} }).on('UpdateItem', { body: {} })
      .on('GET /secretsmanager/get', { body: { ARN: KEY_ARN, SecretString: 'the-api-key' } })
      .on('POST /v1/charges', { body: { id: 'charge-1' } });
  });

  test('writes the order, has it paid, and marks it paid, in this order', async () => {
    const { statusCode, body } = await place(request);

    expect(statusCode).toBe(201);
    const { id, ...rest } = JSON.parse(body!);
    expect(rest).toEqual({ total: 4500, status: 'PAID' });
    expect(server.requests.map(({ path, headers }) => headers['x-amz-target'] ?? path)).toEqual([
      'DynamoDB_20120810.PutItem',
      `/secretsmanager/get?secretId=${encodeURIComponent(KEY_ARN)}`,
      '/v1/charges',
      'DynamoDB_20120810.UpdateItem',
    ]);
    const [put] = server.requestsFor('PutItem');
    expect(put.body).toMatchObject({ TableName: 'Orders', ConditionExpression: 'attribute_not_exists(id)' });
    expect(put.body.Item).toMatchObject({ id: { S: id }, customer: { S: 'customer-1' }, total: { N: '4500' }, status: { S: 'PENDING' } });
    expect(put.body.Item.createdAt.S).toMatch(new RegExp(`^${put.body.Item.day.S}T.*Z$`));
    const [update] = server.requestsFor('UpdateItem');
    expect(update.body).toMatchObject({
      Key: { id: { S: id } },
      ExpressionAttributeValues: { ':from': { S: 'PENDING' }, ':to': { S: 'PAID' } },
    });
  });

  test('charges the total with the key from the secret, once for each order', async () => {
    const { body } = await place(request);

    const [charge] = server.requestsFor('POST /v1/charges');
    expect(charge.headers).toMatchObject({ 'authorization': 'Bearer the-api-key', 'idempotency-key': JSON.parse(body!).id });
    expect(charge.body).toEqual({ amount: 4500, currency: 'EUR', source: TOKEN });
  });

  test('reads a body that the API has encoded', async () => {
    const encoded = { ...apiRequest(Buffer.from(JSON.stringify(request)).toString('base64')), isBase64Encoded: true };
    const { statusCode } = await placeOrder(orderTable(), new PaymentProvider(server.url, KEY_ARN))(encoded);

    expect(statusCode).toBe(201);
  });

  test('never writes the payment token down', async () => {
    await place(request);

    expect(JSON.stringify(server.requestsFor('PutItem'))).not.toContain(TOKEN);
    expect(JSON.stringify(server.requestsFor('UpdateItem'))).not.toContain(TOKEN);
  });

  test('marks an order whose payment is declined', async () => {
    server.on('POST /v1/charges', { status: 402, body: { error: 'card_declined' } });
    const { statusCode, body } = await place(request);

    expect(statusCode).toBe(402);
    expect(JSON.parse(body!)).toMatchObject({ status: 'DECLINED' });
    expect(server.requestsFor('UpdateItem')[0].body.ExpressionAttributeValues[':to']).toEqual({ S: 'DECLINED' });
  });

  test('leaves an order pending when nobody knows whether it was paid', async () => {
    server.on('POST /v1/charges', { status: 503, body: {} });
    const { statusCode, body } = await place(request);

    expect(statusCode).toBe(502);
    expect(JSON.parse(body!)).toMatchObject({ status: 'PENDING' });
    expect(server.requestsFor('UpdateItem')).toEqual([]);
    expect(logged).toHaveBeenCalledWith('payment unknown', expect.objectContaining({ order: JSON.parse(body!).id }));
  });

  test('counts a provider out of reach as an unknown payment', async () => {
    const { statusCode } = await placeOrder(orderTable(), new PaymentProvider('http://localhost:1', KEY_ARN))(apiRequest(request));

    expect(statusCode).toBe(502);
  });

  test('carries the key to no other address', async () => {
    server.on('POST /v1/charges', { status: 307, headers: { Location: `${server.url}/elsewhere` }, body: {} });
    const { statusCode } = await place(request);

    expect(statusCode).toBe(502);
    expect(server.requests.map(({ path }) => path)).not.toContain('/elsewhere');
  });

  test('fails the invocation when the table does, and charges nobody', async () => {
    server.on('PutItem', { status: 500, body: {} });

    await expect(place(request)).rejects.toThrow();
    expect(server.requestsFor('POST /v1/charges')).toEqual([]);
  });

  test.each([
    ['no JSON', '{', 'the body must be JSON'],
    ['nothing', '', 'the body must be JSON'],
    ['no object', '[]', 'the body must be a JSON object'],
    ['null', 'null', 'the body must be a JSON object'],
    ['no payment token', { ...request, paymentToken: undefined }, 'paymentToken must be'],
    ['something else for a payment token', { ...request, paymentToken: '4111111111111111' }, 'paymentToken must be'],
    ['a payment token that is too short', { ...request, paymentToken: 'tok_1234567' }, 'paymentToken must be'],
    ['no items', { ...request, items: [] }, 'items must be a list of 1 to 20'],
    ['items that are no list', { ...request, items: {} }, 'items must be a list of 1 to 20'],
    ['too many items', { ...request, items: Array(21).fill(request.items[0]) }, 'items must be a list of 1 to 20'],
    ['an item that is no object', { ...request, items: ['TEA-GREEN'] }, 'items[0] must be an object'],
    ['an unknown item', { ...request, items: [request.items[0], { sku: 'GOLD', quantity: 1 }] }, 'items[1].sku is not for sale'],
    ['a name that every object has', { ...request, items: [{ sku: 'toString', quantity: 1 }] }, 'items[0].sku is not for sale'],
    ['none of an item', { ...request, items: [{ sku: 'TEA-GREEN', quantity: 0 }] }, 'items[0].quantity must be'],
    ['too much of an item', { ...request, items: [{ sku: 'TEA-GREEN', quantity: 100 }] }, 'items[0].quantity must be'],
    ['half an item', { ...request, items: [{ sku: 'TEA-GREEN', quantity: 1.5 }] }, 'items[0].quantity must be'],
    ['a quantity in words', { ...request, items: [{ sku: 'TEA-GREEN', quantity: '1' }] }, 'items[0].quantity must be'],
  ])('refuses %s before it does anything', async (_, body, message) => {
    const answer = await place(body);

    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body!).message).toContain(message);
    expect(server.requests).toEqual([]);
  });

  test.each([
    ['the shortest token', { ...request, paymentToken: 'tok_12345678' }],
    ['as many items as allowed', { ...request, items: Array(20).fill(request.items[0]) }],
    ['as much of an item as allowed', { ...request, items: [{ sku: 'TEA-GREEN', quantity: 99 }] }],
  ])('takes %s', async (_, body) => {
    expect((await place(body)).statusCode).toBe(201);
  });

  test('takes neither price nor status from the caller', async () => {
    await place({ ...request, total: 1, status: 'PAID', items: [{ sku: 'TEA-GREEN', quantity: 1, price: 1 }] });

    const { Item: item } = server.requestsFor('PutItem')[0].body;
    expect(item).toMatchObject({ total: { N: '650' }, status: { S: 'PENDING' } });
    expect(item.items).toEqual({ L: [{ M: { sku: { S: 'TEA-GREEN' }, quantity: { N: '1' } } }] });
  });
});

describe('reading a secret', () => {
  test('asks the extension with the session token of the function', async () => {
    server.on('GET /secretsmanager/get', { body: { SecretString: 'the-api-key' } });

    await expect(readSecret(KEY_ARN)).resolves.toBe('the-api-key');
    expect(server.requests[0].headers['x-aws-parameters-secrets-token']).toBe('session-token');
  });

  test('names the secret that the extension refuses', async () => {
    server.on('GET /secretsmanager/get', { status: 400, body: {} });

    await expect(readSecret(KEY_ARN)).rejects.toThrow(`answered 400 for ${KEY_ARN}`);
  });
});

describe('publishing paid orders', () => {
  const publish = (...ids: string[]) => publishPaidOrders('orders', new EventBridgeClient(clientConfig()))(streamBatch(...ids));

  test('puts one event for each order on the bus', async () => {
    server.on('PutEvents', { body: { FailedEntryCount: 0, Entries: [{ EventId: '1' }, { EventId: '2' }] } });

    await expect(publish('order-1', 'order-2')).resolves.toEqual({ batchItemFailures: [] });
    const { Entries: entries } = server.requestsFor('PutEvents')[0].body;
    expect(entries[0]).toMatchObject({ EventBusName: 'orders', Source: 'order-service', DetailType: 'OrderPaid' });
    expect(entries.map((entry: { Detail: string }) => JSON.parse(entry.Detail))).toEqual([
      { id: 'order-1', status: 'PAID', total: 1300, items: [] },
      { id: 'order-2', status: 'PAID', total: 1300, items: [] },
    ]);
  });

  test('has the stream read again from the first event that the bus refused', async () => {
    server.on('PutEvents', {
      body: { FailedEntryCount: 2, Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }, { ErrorCode: 'InternalFailure' }] },
    });

    await expect(publish('order-1', 'order-2', 'order-3')).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
  });

  test('fails the whole batch when the bus is out of order', async () => {
    server.on('PutEvents', { status: 500, body: {} });

    await expect(publish('order-1')).rejects.toThrow();
  });
});

describe('shipping orders', () => {
  const ship = (...bodies: string[]) => shipOrders(orderTable())(queueBatch(...bodies));
  const message = (id: unknown) => JSON.stringify({ 'detail-type': 'OrderPaid', 'detail': { id } });

  test('ships paid orders', async () => {
    server.on('UpdateItem', { body: {} });

    await expect(ship(message('order-1'))).resolves.toEqual({ batchItemFailures: [] });
    expect(server.requests[0].body).toMatchObject({
      TableName: 'Orders',
      Key: { id: { S: 'order-1' } },
      ExpressionAttributeValues: { ':from': { S: 'PAID' }, ':to': { S: 'SHIPPED' } },
    });
  });

  test('takes a message that comes again for done', async () => {
    server.on('UpdateItem', conditionFailed('SHIPPED'));

    await expect(ship(message('order-1'))).resolves.toEqual({ batchItemFailures: [] });
  });

  test.each([
    ['is not paid', conditionFailed('PENDING')],
    ['does not exist', conditionFailed()],
    ['meets a broken table', { status: 500, body: {} }],
  ])('gives back the message of an order that %s', async (_, answer) => {
    server.on('UpdateItem', answer);

    await expect(ship(message('order-1'))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(logged).toHaveBeenCalledWith('order not shipped', expect.objectContaining({ message: 'message-0' }));
  });

  test('gives back what failed and nothing else', async () => {
    server.on('UpdateItem', { body: {} });

    await expect(ship(message('order-1'), 'no JSON', message(7), message('order-2')))
      .resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }] });
    expect(server.requests).toHaveLength(2);
  });
});
