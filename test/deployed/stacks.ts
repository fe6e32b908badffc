import * as path from 'path';
import { App, Duration, Mixins, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as signer from 'aws-cdk-lib/aws-signer';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  ActiveTracing, Alarms, AwsService, BoundedTimeout, Concurrency, EncryptedEnvironment, Egress, ExplicitMemory, Failures, FleetAlarms, FunctionAlarms,
  FunctionDashboard, KeptFailures, LimitedConcurrency, Logging, OwnLogGroup, ScopedExecutionRole, SecureDefaults, SecureFunction,
  SecureFunctionBlueprint, SecureFunctionProps, SecureNetwork, Weakened,
} from '../../src';

const HANDLER = path.join(__dirname, 'handler');

/** An asset belongs to one stack. */
const code = (): lambda.FunctionProps => ({
  code: lambda.Code.fromAsset(HANDLER),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_24_X,
});

/** Fills a stack; `changed` for a second deployment, which differs where the option has something to differ in. */
type Configure = (stack: Stack, changed: boolean) => void;

const secure = (props: (stack: Stack, changed: boolean) => Partial<SecureFunctionProps>): Configure =>
  (stack, changed) => void new SecureFunction(stack, 'Handler', { ...code(), ...props(stack, changed) });

/** One stack for each option of a secure function, and for each way in. */
export const STACKS: Record<string, Configure> = {
  'Defaults': secure((_, changed) => ({ environment: { TABLE: 'orders' }, timeout: Duration.seconds(changed ? 7 : 5) })),

  'Concurrency-Reserved': secure((_, changed) => ({ concurrency: Concurrency.reserved(changed ? 30 : 20) })),
  'Concurrency-Unreserved': secure(() => ({ concurrency: Concurrency.unreserved('the account runs nothing else') })),
  'Concurrency-Provisioned': secure(() => ({ concurrency: Concurrency.provisioned({ reserved: 20, provisioned: 5 }) })),

  'Egress-None': secure(() => ({ egress: Egress.none() })),
  'Egress-ToServices': secure(() => ({ egress: Egress.toServices(AwsService.SQS, AwsService.DYNAMODB, AwsService.S3) })),
  'Egress-ToHosts': secure(() => ({ egress: Egress.toHosts(['api.payments.example.com']) })),
  'Egress-ToHosts-Inspected': secure(() => ({ egress: Egress.toHosts(['api.payments.example.com'], { inspectTls: true }) })),
  'Egress-ToPeers': (stack, changed) => {
    const network = new SecureNetwork(stack, 'Network');
    const peer = new ec2.SecurityGroup(stack, 'CallersDatabase', { vpc: network.vpc, allowAllOutbound: false });
    SecureDefaults.set(stack, { network });
    secure(() => ({ egress: Egress.toPeers([peer], ec2.Port.tcp(5432)) }))(stack, changed);
  },
  'Egress-ToCidr': secure(() => ({ egress: Egress.toCidr('10.20.0.0/16', ec2.Port.tcp(443)) })),
  'Egress-Unrestricted': secure(() => ({ egress: Egress.unrestricted('it fetches pages that customers name') })),
  'Egress-All': secure(() => ({ egress: Egress.all(Egress.toServices(AwsService.S3), Egress.toHosts(['api.example.com'])) })),

  'Failures-SharedQueue': (stack, changed) => {
    const fn = new SecureFunction(stack, 'Handler', {
      ...code(), failures: Failures.sharedQueue({ maxEventAge: Duration.minutes(changed ? 10 : 5), retryAttempts: 1 }),
    });
    new events.Rule(stack, 'CallersRule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(fn)] });
  },
  'Failures-ToQueue': secure(stack => ({ failures: Failures.toQueue(new sqs.Queue(stack, 'CallersQueue', { enforceSSL: true })) })),
  'Failures-ToTopic': secure(stack => ({ failures: Failures.toTopic(new sns.Topic(stack, 'CallersTopic', { enforceSSL: true })) })),
  'Failures-Discarded': secure(() => ({ failures: Failures.discarded('the next event brings all again') })),
  'Failures-Stream': (stack) => {
    const fn = new SecureFunction(stack, 'Handler', code());
    const stream = new kinesis.Stream(stack, 'CallersStream');
    fn.addEventSource(new sources.KinesisEventSource(stream, { startingPosition: lambda.StartingPosition.LATEST }));
  },

  'Logging-Json': secure((_, changed) => ({
    logging: Logging.json({
      retention: changed ? logs.RetentionDays.SIX_MONTHS : logs.RetentionDays.THREE_MONTHS,
      level: lambda.ApplicationLogLevel.WARN,
      systemLevel: lambda.SystemLogLevel.WARN,
      removalPolicy: RemovalPolicy.DESTROY,
      maskPersonalData: true,
    }),
  })),

  'Alarms-PerFunction': secure(() => ({ alarms: Alarms.perFunction({ duration: 50, errorRate: 10, notifyRecovery: true }) })),
  'Alarms-Fleet': (stack, changed) => {
    new FleetAlarms(stack, 'Alarms', { errors: 3, resourceTagsOnTelemetry: true });
    secure(() => ({ alarms: Alarms.fleet() }))(stack, changed);
    new FunctionDashboard(stack, 'Dashboard');
  },
  'Alarms-None': secure(() => ({ alarms: Alarms.none('another system watches the function') })),

  'Secrets': stack => {
    const [own, other] = ['CallersSecret', 'CallersOtherSecret'].map(id => new secretsmanager.Secret(stack, id));
    secure(() => ({
      secrets: { SECRET_ARN: own },
      environment: { OTHER_ARN: other.secretArn },
      egress: Egress.toServices(AwsService.SECRETS_MANAGER),
    }))(stack, false);
  },
  'Permissions-Boundary': secure(stack => ({
    permissionsBoundary: new iam.ManagedPolicy(stack, 'CallersBoundary', {
      statements: [new iam.PolicyStatement({ actions: ['logs:*', 'sqs:SendMessage', 'kms:*'], resources: ['*'] })],
    }),
  })),
  'Signing-Profiles': secure(stack => ({
    signingProfiles: [new signer.SigningProfile(stack, 'CallersProfile', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA })],
  })),
  'Weakened': secure(() => ({
    tracing: lambda.Tracing.DISABLED,
    weakened: [Weakened.tracing('addresses of customers must not be in traces')],
  })),
  'Defaults-Of-The-Stack': (stack, changed) => {
    SecureDefaults.set(stack, {
      timeout: Duration.seconds(3),
      memorySize: 256,
      concurrency: Concurrency.reserved(15),
      network: new SecureNetwork(stack, 'Network'),
      encryptionKey: new kms.Key(stack, 'CallersKey', { enableKeyRotation: true }),
    });
    secure(() => ({ environment: { TABLE: 'orders' } }))(stack, changed);
  },

  'Blueprint': stack => {
    new SecureFunctionBlueprint({ timeout: Duration.seconds(30) }).applyTo(stack);
    new lambda.Function(stack, 'Handler', code());
  },
  'Mixins': stack => {
    new lambda.Function(stack, 'Handler', { ...code(), environment: { TABLE: 'orders' } });
    Mixins.of(stack).apply(
      new ActiveTracing(), new BoundedTimeout(), new EncryptedEnvironment(), new ExplicitMemory(), new FunctionAlarms(), new KeptFailures(),
      new LimitedConcurrency(), new OwnLogGroup(), new ScopedExecutionRole(),
    );
  },
};

/** Each in a stage of its own, since a stage has one network. */
export function addStacks(app: App, changed: boolean): void {
  for (const [name, configure] of Object.entries(STACKS)) configure(new Stack(new Stage(app, name), 'Stack'), changed);
}
