import { App, AppProps, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';

const UNITS_PER_STACK = 25;

/** An app of many small services, as the CLI would synthesize it. */
export function appOf(units: number, props: AppProps = {}): App {
  const app = new App({ ...props, context: { ...flags, 'aws:cdk:enable-path-metadata': true } });
  for (let first = 0; first < units; first += UNITS_PER_STACK) {
    const stack = new Stack(app, `Units${first}`);
    const api = new HttpApi(stack, 'Api');
    for (let n = first; n < Math.min(first + UNITS_PER_STACK, units); n++) addUnit(stack, api, n);
  }
  return app;
}

/** A function with role and log group, a queue that it reads with its dead-letter queue, a table it may write, and a route or a schedule. */
function addUnit(stack: Stack, api: HttpApi, n: number): void {
  const fn = new lambda.Function(stack, `Function${n}`, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 })'),
    timeout: Duration.seconds(20),
    logGroup: new logs.LogGroup(stack, `Logs${n}`, { retention: logs.RetentionDays.ONE_MONTH }),
  });
  const queue = new sqs.Queue(stack, `Queue${n}`, {
    visibilityTimeout: Duration.seconds(120),
    deadLetterQueue: { queue: new sqs.Queue(stack, `Failed${n}`), maxReceiveCount: 5 },
  });
  fn.addEventSource(new SqsEventSource(queue));
  const table = new dynamodb.TableV2(stack, `Table${n}`, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  table.grantReadWriteData(fn);
  fn.addEnvironment('TABLE', table.tableName);
  if (n % 2 === 0) {
    api.addRoutes({ path: `/units/${n}`, methods: [HttpMethod.GET], integration: new HttpLambdaIntegration(`Integration${n}`, fn) });
  } else {
    new events.Rule(stack, `Schedule${n}`, { schedule: events.Schedule.rate(Duration.minutes(5)), targets: [new targets.LambdaFunction(fn)] });
  }
}
