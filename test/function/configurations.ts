import { App, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CODE } from './fixtures';
import {
  Alarms, AwsService, Concurrency, Egress, Failures, FleetAlarms, FunctionDashboard, Logging, SecureDefaults, SecureFunction, SecureFunctionBlueprint,
  SecureFunctionProps, SecureNetwork,
} from '../../src';

const secure = (props: Partial<SecureFunctionProps> = {}) => (stack: Stack): lambda.Function =>
  new SecureFunction(stack, 'Handler', { ...CODE, ...props });

/** Configurations that README, docs and docstrings show. What a test brings itself has a path that contains `/Callers`. */
export const CONFIGURATIONS: readonly (readonly [string, (stack: Stack) => void])[] = [
  ['defaults', secure()],
  ['environment', secure({ environment: { TABLE: 'orders' } })],
  ['reserved and provisioned concurrency', secure({ concurrency: Concurrency.provisioned({ reserved: 20, provisioned: 5 }) })],
  ['no reservation, with a reason', secure({ concurrency: Concurrency.unreserved('the account runs nothing else') })],
  ['egress to services', secure({ egress: Egress.toServices(AwsService.SQS, AwsService.DYNAMODB, AwsService.S3) })],
  ['egress to hosts', secure({ egress: Egress.toHosts(['api.payments.example.com']) })],
  ['egress to hosts, inspected', secure({ egress: Egress.toHosts(['api.payments.example.com'], { inspectTls: true }) })],
  ['egress unrestricted, with a reason', secure({ egress: Egress.unrestricted('it fetches pages that customers name') })],
  ['a secret', stack => secure({
    secrets: { API_KEY: secretsmanager.Secret.fromSecretNameV2(stack, 'CallersSecret', 'key') },
    egress: Egress.toServices(AwsService.SECRETS_MANAGER),
  })(stack)],
  ['masked logs', secure({ logging: Logging.json({ maskPersonalData: true }) })],
  ['failures with bounds', secure({ failures: Failures.sharedQueue({ maxEventAge: Duration.minutes(5), retryAttempts: 1 }) })],
  ['an asynchronous trigger', stack => new events.Rule(stack, 'CallersRule', {
    schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(secure()(stack))],
  })],
  ['a stream', stack => secure()(stack).addEventSource(
    new sources.KinesisEventSource(new kinesis.Stream(stack, 'CallersStream'), { startingPosition: lambda.StartingPosition.LATEST }))],
  ['no alarms, with a reason', secure({ alarms: Alarms.none('another system watches the function') })],
  ['fleet alarms and dashboard', stack => {
    new FleetAlarms(stack, 'Alarms', { resourceTagsOnTelemetry: true });
    secure()(stack);
    new FunctionDashboard(stack, 'Dashboard');
  }],
  ['one network for the app', stack => {
    SecureDefaults.set(stack.node.root, { network: new SecureNetwork(new Stack(stack.node.root as App, 'Network'), 'Network') });
    secure()(stack);
  }],
  ['the blueprint', stack => {
    new SecureFunctionBlueprint().applyTo(stack);
    new lambda.Function(stack, 'Handler', CODE);
  }],
];
