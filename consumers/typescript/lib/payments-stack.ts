import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  Alarms, AwsService, Concurrency, Egress, Failures, LimitedConcurrency, Logging, SecureDefaults, SecureFunction, SecureNetwork, Weakened,
} from 'cdk-secure-serverless';
import { Construct } from 'constructs';

const PYTHON = {
  runtime: lambda.Runtime.PYTHON_3_13,
  handler: 'index.handler',
  code: lambda.Code.fromInline('def handler(event, context): pass'),
};

export interface PaymentsStackProps extends StackProps {
  readonly network: SecureNetwork;
}

/** Functions whose every default is said otherwise. */
export class PaymentsStack extends Stack {
  constructor(scope: Construct, id: string, { network, ...props }: PaymentsStackProps) {
    super(scope, id, props);
    SecureDefaults.set(this, { network, timeout: Duration.seconds(5) });

    const unpaid = new sqs.Queue(this, 'Unpaid', { enforceSSL: true });
    const charge = new SecureFunction(this, 'Charge', {
      ...PYTHON,
      secrets: { API_KEY: new secretsmanager.Secret(this, 'ApiKey') },
      egress: Egress.all(
        Egress.toServices(AwsService.SECRETS_MANAGER),
        Egress.toHosts(['api.payments.example.com']),
      ),
      concurrency: Concurrency.provisioned({ reserved: 20, provisioned: 2 }),
      failures: Failures.toQueue(unpaid, { maxEventAge: Duration.minutes(10), retryAttempts: 1 }),
      logging: Logging.json({ retention: logs.RetentionDays.THREE_MONTHS, level: lambda.ApplicationLogLevel.WARN }),
      alarms: Alarms.perFunction({ errorRate: 1, notifyRecovery: true }),
    });
    new events.Rule(this, 'Hourly', {
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(LimitedConcurrency.aliasOf(charge)!)],
    });

    new SecureFunction(this, 'Crawl', {
      ...PYTHON,
      egress: Egress.unrestricted('it fetches pages that customers name'),
      concurrency: Concurrency.unreserved('the account runs nothing else'),
      alarms: Alarms.none('whoever runs it by hand sees it fail'),
      failures: Failures.discarded('the next run fetches the page again'),
      tracing: lambda.Tracing.DISABLED,
      weakened: [Weakened.tracing('addresses of customers must not be in traces')],
    });
  }
}
