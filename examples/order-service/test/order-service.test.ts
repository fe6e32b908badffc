import * as fs from 'fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { apiRequest, queueBatch, streamBatch } from './events';
import { FakeServer } from './fake-server';
import { invoke, SynthesizedApp } from './synthesized-app';

const FUNCTIONS = [
  'OrderService/PlaceOrder',
  'OrderService/PublishPaidOrders',
  'OrderService/ShipOrders',
  'OrderService/Documents/DailyReport',
  'OrderService/Documents/Invoice',
];

/** `cdk init` writes these to the `cdk.json` of a new app. */
const FLAGS_OF_NEW_APPS = Object.fromEntries(Object.entries(recommendedFlags).filter(([, value]) => value === true));

describe.each([
  ['as it is', {}],
  ['with the feature flags of a new app', FLAGS_OF_NEW_APPS],
])('the app %s', (_, context) => {
  let app: SynthesizedApp;

  beforeAll(async () => {
    app = await SynthesizedApp.synthesize(context);
  }, 300_000);

  afterAll(() => app?.remove());

  test('is synthesized offline, without an error, and without a warning of this library', () => {
    expect(app.stacks.sort()).toEqual(['OrderData', 'OrderService']);
    expect(app.annotations('error')).toEqual([]);
    expect(app.annotations('warning').filter(message => message.includes('cdk-secure-serverless'))).toEqual([]);
    expect(app.violations).toEqual([]);
  });

  test('has the functions that it declares, and none that somebody else brought in', () => {
    const functions = [...app.resources].filter(([, { Type }]) => Type === 'AWS::Lambda::Function').map(([path]) => path);

    expect(functions.sort()).toEqual(FUNCTIONS.map(path => `${path}/Resource`).sort());
    expect([...app.resources.values()].filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });

  test.each(FUNCTIONS)('%s is bounded, logs to its own group, and is traced', path => {
    expect(app.resources.get(`${path}/Resource`)!.Properties).toMatchObject({
      Timeout: 10,
      ReservedConcurrentExecutions: 10,
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
      TracingConfig: { Mode: 'Active' },
      RecursiveLoop: 'Terminate',
    });
  });

  test('no role has a managed policy', () => {
    const roles = app.ofType('AWS::IAM::Role');

    expect(roles.length).toBeGreaterThanOrEqual(FUNCTIONS.length);
    expect(roles.filter(({ Properties }) => Properties.ManagedPolicyArns)).toEqual([]);
  });

  test('lets in nobody without a token of the issuer', () => {
    const service = app.template('OrderService.');

    service.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'JWT', AuthorizerId: Match.anyValue() });
    service.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['order-service'] },
    });
  });

  test('publishes an order once, when it turns from pending to paid', () => {
    app.template('OrderService.').hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ dynamodb: { OldImage: { status: { S: ['PENDING'] } }, NewImage: { status: { S: ['PAID'] } } } }) }],
      },
    });
  });

  test('takes back alone the messages that a worker could not process', () => {
    app.template('OrderService.').hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PaidOrders'), 'Arn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('reports every night and invoices each paid order, in the nested stack', () => {
    const documents = app.template('OrderServiceDocuments');

    documents.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 2 * * ? *)',
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DailyReport'), 'Arn'] } })],
    });
    documents.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'source': ['order-service'], 'detail-type': ['OrderPaid'] },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Invoice'), 'Arn'] } })],
    });
    documents.hasResourceProperties('AWS::Lambda::Function', { PackageType: 'Image', Code: { ImageUri: Match.anyValue() } });
  });

  describe('the code that is deployed', () => {
    let server: FakeServer;

    beforeEach(async () => {
      server = await FakeServer.start();
    });

    afterEach(async () => {
      await server.stop();
    });

    test('places an order', async () => {
      server.on('PutItem', { body: {} }).on('UpdateItem', { body: {} })
        .on('GET /secretsmanager/get', { body: { SecretString: 'the-api-key' } })
        .on('POST /v1/charges', { body: {} });
      const order = { items: [{ sku: 'TEA-BLACK', quantity: 1 }], paymentToken: 'tok_12345678' };
      const answer = await invoke(app.codeOf('OrderService/PlaceOrder'), apiRequest(order), {
        AWS_ENDPOINT_URL: server.url,
        ORDERS_TABLE: 'Orders',
        PAYMENT_URL: server.url,
        PAYMENT_API_KEY_ARN: 'arn:of:the-key',
        PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(server.port),
      });

      expect(answer).toMatchObject({ statusCode: 201 });
      expect(server.requestsFor('PutItem')[0].body.TableName).toBe('Orders');
      expect(server.requestsFor('POST /v1/charges')[0].headers.authorization).toBe('Bearer the-api-key');
    });

    test('publishes a paid order', async () => {
      server.on('PutEvents', { body: { FailedEntryCount: 0, Entries: [{ EventId: '1' }] } });
      const answer = await invoke(app.codeOf('OrderService/PublishPaidOrders'), streamBatch('order-1'), {
        AWS_ENDPOINT_URL: server.url,
        BUS_NAME: 'orders',
      });

      expect(answer).toEqual({ batchItemFailures: [] });
      expect(server.requestsFor('PutEvents')[0].body.Entries).toMatchObject([{ EventBusName: 'orders' }]);
    });

    test('ships a paid order', async () => {
      server.on('UpdateItem', { body: {} });
      const messages = queueBatch(JSON.stringify({ detail: { id: 'order-1' } }), '{}');
      const answer = await invoke(app.codeOf('OrderService/ShipOrders'), messages, { AWS_ENDPOINT_URL: server.url, ORDERS_TABLE: 'Orders' });

      expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
      expect(server.requestsFor('UpdateItem')).toHaveLength(1);
    });

    test('is the whole report and nothing else', () => {
      expect(fs.readdirSync(app.codeOf('OrderService/Documents/DailyReport')).sort()).toEqual(['handler.py', 'report.py']);
    });
  });
});
