import * as fs from 'fs';
import { Match } from 'aws-cdk-lib/assertions';
import { version } from 'aws-cdk-lib/package.json';
import { apiRequest, queueBatch, streamBatch } from './events';
import { FakeServer } from './fake-server';
import { invoke, SynthesizedApp } from './synthesized-app';

/** Each function, and how long it may run. */
const FUNCTIONS: [path: string, timeout: number][] = [
  ['OrderService/PlaceOrder', 10],
  ['OrderService/PublishPaidOrders', 10],
  ['OrderService/ShipOrders', 10],
  ['OrderService/Documents/DailyReport', 60],
  ['OrderService/Documents/Invoice', 10],
];

const PAYMENT_KEY = { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'OrderData', OutputName: expect.stringContaining('PaymentApiKey') }) };

describe('the app', () => {
  let app: SynthesizedApp;

  beforeAll(async () => {
    app = await SynthesizedApp.synthesize();
  }, 300_000);

  afterAll(() => app?.remove());

  test('is synthesized offline, without an error, and without a warning of this library', () => {
    expect(app.libraryVersion).toBe(version);
    expect(app.stacks.sort()).toEqual(['OrderData', 'OrderService']);
    expect(app.annotations('error')).toEqual([]);
    expect(app.annotations('warning').filter(message => message.includes('cdk-secure-serverless'))).toEqual([]);
    expect(app.violations).toEqual([]);
  });

  test('has the functions that it declares, and none that somebody else brought in', () => {
    const functions = [...app.resources].filter(([, { Type }]) => Type === 'AWS::Lambda::Function').map(([path]) => path);

    expect(functions.sort()).toEqual(FUNCTIONS.map(([path]) => `${path}/Resource`).sort());
    expect([...app.resources.values()].filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });

  test.each(FUNCTIONS)('%s is bounded, encrypted, watched and traced', (path, timeout) => {
    const { Properties: properties } = app.resources.get(`${path}/Resource`)!;

    expect(properties).toMatchObject({
      Timeout: timeout,
      ReservedConcurrentExecutions: 10,
      Architectures: ['arm64'],
      KmsKeyArn: expect.anything(),
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
      TracingConfig: { Mode: 'Active' },
      RecursiveLoop: 'Terminate',
      VpcConfig: { SubnetIds: expect.arrayContaining([expect.anything()]) },
    });
    const alarms = app.ofType('AWS::CloudWatch::Alarm', `${path}/`);
    expect(alarms.length).toBeGreaterThan(0);
    expect(alarms.map(alarm => alarm.Properties.AlarmActions)).toEqual(alarms.map(() => [expect.anything()]));
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

  test('slows down who asks too often, and writes down who asked', () => {
    app.template('OrderService.').hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Requests'), 'Arn'] } },
    });
  });

  test('hands the payment key to nobody but the function that pays, and to that one by name only', () => {
    const readers = app.ofType('AWS::Lambda::Function').filter(({ Properties }) => JSON.stringify(Properties).includes('PaymentApiKey'));

    expect(readers).toEqual([app.resources.get('OrderService/PlaceOrder/Resource')]);
    expect(readers[0].Properties.Environment.Variables.PAYMENT_API_KEY_ARN).toEqual(PAYMENT_KEY);
    const reading = app.ofType('AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes('secretsmanager:GetSecretValue'));
    expect(reading.map(({ Resource }) => Resource)).toEqual([PAYMENT_KEY]);
  });

  test('gives a way to the internet to the function that pays and to no other', () => {
    const withInternet = FUNCTIONS.map(([path]) => path).filter(path => app.reachesInternet(path));

    expect(withInternet).toEqual(['OrderService/PlaceOrder']);
  });

  test('resolves the payment host and services of AWS, and no other name', () => {
    const lists = app.ofType('AWS::Route53Resolver::FirewallDomainList').map(({ Properties }) => Properties.Domains);
    const names = lists.find(domains => !domains.includes('*')).map((name: any) => name['Fn::Join']?.[1].map((part: any) => part.Ref ?? part).join('') ?? name);

    expect(names.filter((name: string) => !name.endsWith('AWS::URLSuffix'))).toEqual(['api.payments.example.com']);
    expect(names).toEqual(expect.arrayContaining(['events.AWS::Region.AWS::URLSuffix', 'secretsmanager.AWS::Region.AWS::URLSuffix']));
  });

  test('keeps what could not be processed', () => {
    const queue = { 'Fn::GetAtt': [Match.stringLikeRegexp('FailureQueue'), 'Arn'] };
    app.template('OrderService.').hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: queue } },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    for (const path of ['OrderService/Documents/DailyReport', 'OrderService/Documents/Invoice']) {
      expect(app.resources.get(`${path}/Resource`)!.Properties.DeadLetterConfig.TargetArn.Ref).toContain('FailureQueue');
    }
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
