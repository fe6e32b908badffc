import * as path from 'path';
import { Duration, NestedStack, NestedStackProps } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AwsService, Egress, SecureDockerImageFunction, SecureFunction } from './cdk-secure-serverless';
import { DataStack } from './data-stack';

export interface DocumentsStackProps extends NestedStackProps {
  readonly data: DataStack;
  readonly bus: events.EventBus;
}

/** Writes what people read: an invoice for each order, a report for each day. */
export class DocumentsStack extends NestedStack {
  constructor(scope: Construct, id: string, props: DocumentsStackProps) {
    super(scope, id, props);

    this.dailyReport(props.data);
    this.invoices(props.data, props.bus);
  }

  private dailyReport({ orders, documents }: DataStack): void {
    const report = new SecureFunction(this, 'DailyReport', {
      runtime: lambda.Runtime.PYTHON_3_13,
      code: lambda.Code.fromAsset(path.join(__dirname, 'report')),
      handler: 'handler.handler',
      timeout: Duration.minutes(1),
      environment: { ORDERS_TABLE: orders.tableName, DOCUMENTS_BUCKET: documents.bucketName },
      egress: Egress.toServices(AwsService.DYNAMODB, AwsService.S3),
    });
    orders.grant(report, 'dynamodb:Query');
    documents.grantPut(report, 'reports/*');

    new events.Rule(this, 'EveryNight', {
      schedule: events.Schedule.cron({ hour: '2', minute: '0' }),
      targets: [new targets.LambdaFunction(report)],
    });
  }

  private invoices({ documents }: DataStack, bus: events.EventBus): void {
    const invoice = new SecureDockerImageFunction(this, 'Invoice', {
      code: lambda.DockerImageCode.fromImageAsset(path.join(__dirname, 'invoice')),
      architecture: lambda.Architecture.ARM_64, // builds the image for it, too, on whatever machine
      environment: { DOCUMENTS_BUCKET: documents.bucketName },
      egress: Egress.toServices(AwsService.S3),
    });
    documents.grantPut(invoice, 'invoices/*');

    new events.Rule(this, 'InvoicePaidOrders', {
      eventBus: bus,
      eventPattern: { source: ['order-service'], detailType: ['OrderPaid'] },
      targets: [new targets.LambdaFunction(invoice)],
    });
  }
}
