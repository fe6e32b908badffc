import * as path from 'path';
import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AwsService, Egress, SecureNodejsFunction } from './cdk-secure-serverless';
import { DataStack } from './data-stack';
import { DocumentsStack } from './documents-stack';

const PAYMENT_HOST = 'api.payments.example.com';
const TOKEN_ISSUER = 'https://login.example.com';

export interface ServiceStackProps extends StackProps {
  readonly data: DataStack;
}

/** Takes orders, has them paid, and tells the rest of the business. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);

    const bus = new events.EventBus(this, 'Bus');
    this.orderApi(props.data);
    this.paidOrderPublisher(props.data, bus);
    this.shippingWorker(props.data, bus);
    new DocumentsStack(this, 'Documents', { data: props.data, bus });
  }

  private orderApi({ orders, paymentApiKey }: DataStack): void {
    const placeOrder = new SecureNodejsFunction(this, 'PlaceOrder', {
      runtime: lambda.Runtime.NODEJS_24_X,
      entry: handlerFile('place-order'),
      environment: { ORDERS_TABLE: orders.tableName, PAYMENT_URL: `https://${PAYMENT_HOST}` },
      secrets: { PAYMENT_API_KEY_ARN: paymentApiKey },
      egress: Egress.all(
        Egress.toServices(AwsService.DYNAMODB, AwsService.SECRETS_MANAGER),
        Egress.toHosts([PAYMENT_HOST]),
      ),
    });
    orders.grant(placeOrder, 'dynamodb:PutItem', 'dynamodb:UpdateItem');

    const api = new apigatewayv2.HttpApi(this, 'Api', {
      defaultAuthorizer: new HttpJwtAuthorizer('Customers', TOKEN_ISSUER, { jwtAudience: ['order-service'] }),
      createDefaultStage: false,
    });
    api.addStage('Stage', {
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: { destination: new apigatewayv2.LogGroupLogDestination(new logs.LogGroup(this, 'Requests')) },
    });
    api.addRoutes({
      path: '/orders',
      methods: [apigatewayv2.HttpMethod.POST],
      integration: new HttpLambdaIntegration('PlaceOrder', placeOrder),
    });
  }

  private paidOrderPublisher({ orders }: DataStack, bus: events.EventBus): void {
    const publishPaidOrders = new SecureNodejsFunction(this, 'PublishPaidOrders', {
      runtime: lambda.Runtime.NODEJS_24_X,
      entry: handlerFile('publish-paid-orders'),
      environment: { BUS_NAME: bus.eventBusName },
      egress: Egress.toServices(AwsService.EVENTBRIDGE),
    });
    bus.grantPutEventsTo(publishPaidOrders);
    publishPaidOrders.addEventSource(new DynamoEventSource(orders, {
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      batchSize: 10, // as many as EventBridge takes in one call
      filters: [lambda.FilterCriteria.filter({
        dynamodb: {
          OldImage: { status: { S: lambda.FilterRule.isEqual('PENDING') } },
          NewImage: { status: { S: lambda.FilterRule.isEqual('PAID') } },
        },
      })],
    }));
  }

  private shippingWorker({ orders }: DataStack, bus: events.EventBus): void {
    const paidOrders = new sqs.Queue(this, 'PaidOrders', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(1), // six times the timeout of the function that reads it
      deadLetterQueue: {
        queue: new sqs.Queue(this, 'UnshippedOrders', { enforceSSL: true, retentionPeriod: Duration.days(14) }),
        maxReceiveCount: 5,
      },
    });
    new events.Rule(this, 'ShipPaidOrders', {
      eventBus: bus,
      eventPattern: { source: ['order-service'], detailType: ['OrderPaid'] },
      targets: [new targets.SqsQueue(paidOrders)],
    });

    const shipOrders = new SecureNodejsFunction(this, 'ShipOrders', {
      runtime: lambda.Runtime.NODEJS_24_X,
      entry: handlerFile('ship-orders'),
      environment: { ORDERS_TABLE: orders.tableName },
      egress: Egress.toServices(AwsService.DYNAMODB),
    });
    orders.grant(shipOrders, 'dynamodb:UpdateItem');
    shipOrders.addEventSource(new SqsEventSource(paidOrders));
  }
}

function handlerFile(name: string): string {
  return path.join(__dirname, 'handlers', `${name}.ts`);
}
