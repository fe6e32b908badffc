import { App, AppProps, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const CODE = { code: lambda.Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X };

/** An app as tutorials write it: everything works, nothing is said about security. */
export function plainOrders(props: AppProps = {}): App {
  const app = new App(props);
  const stack = new Stack(app, 'Orders', { env: { account: '111111111111', region: 'eu-west-1' } });
  const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const queue = new sqs.Queue(stack, 'Queue');

  const accept = new lambda.Function(stack, 'Accept', { ...CODE, environment: { QUEUE: queue.queueUrl } });
  queue.grantSendMessages(accept);
  new apigateway.LambdaRestApi(stack, 'Api', { handler: accept });

  const store = new lambda.Function(stack, 'Store', { ...CODE, environment: { TABLE: table.tableName } });
  store.addEventSource(new SqsEventSource(queue));
  table.grantWriteData(store);
  return app;
}
