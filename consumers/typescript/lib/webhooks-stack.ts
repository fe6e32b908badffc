import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** As it was before anybody thought of security: a function that everybody may run, and a queue that is read twice. */
export class WebhooksStack extends Stack {
  public readonly hook: lambda.Function;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.hook = new lambda.Function(this, 'Hook', {
      runtime: lambda.Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: lambda.Code.fromInline('def handler(event, context): pass'),
      timeout: Duration.seconds(10),
    });
    this.hook.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    this.hook.addEventSource(new SqsEventSource(new sqs.Queue(this, 'Events', { visibilityTimeout: Duration.seconds(30) })));
  }
}
