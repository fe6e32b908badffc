import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps, CfnResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
} from 'cdk-nag';
import {
  Alarms, AwsService, Concurrency, Egress, Failures, FleetAlarms, FunctionDashboard, Logging, SecureDefaults, SecureFunction, SecureFunctionBlueprint,
  SecureFunctionProps, SecureNetwork,
} from '../src';
import { CODE, FLAG_SETTINGS } from './function/fixtures';

const PACKS: (new () => NagPack)[] = [
  AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
];

/** The rules that docs/cdk-nag.md lists, each with its reason. */
const LISTED = [...fs.readFileSync(path.join(__dirname, '../docs/cdk-nag.md'), 'utf8').matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, rule]) => rule);

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

/** Rules that an app breaks by the CDK's own validation report, apart from those on resources that the test itself brings. */
function findings(appProps: AppProps, configure: (stack: Stack) => void): string[] {
  const app = new App({ ...appProps, context: { ...appProps.context, '@aws-cdk/core:failSynthOnValidationErrors': false } });
  Validations.of(app).addPlugins(...PACKS.map(Pack => new Pack()));
  configure(new Stack(app, 'Stack'));
  const { directory } = app.synth();
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(directory, 'validation-report.json'), 'utf8'));
  const violations = pluginReports.flatMap((report: any) => report.violations) as Violation[];
  return [...new Set(violations
    .filter(({ violatingConstructs }) => violatingConstructs.some(({ constructPath }) => !constructPath.includes('/Callers')))
    .map(({ ruleName }) => ruleName.replace(/\[.*/s, '')))];
}

// The CDK prints each report, and asks the process to fail.
beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

const secure = (props: Partial<SecureFunctionProps> = {}) => (stack: Stack): lambda.Function =>
  new SecureFunction(stack, 'Handler', { ...CODE, ...props });

/** Configurations that README, docs and docstrings show. */
const CONFIGURATIONS: [string, (stack: Stack) => void][] = [
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

describe.each(FLAG_SETTINGS)('all six packs of cdk-nag, %s', (_, appProps) => {
  test.each(CONFIGURATIONS)('%s', (__, configure) => {
    expect(findings(appProps, configure).filter(rule => !LISTED.includes(rule))).toEqual([]);
  });
});

test('each rule on the list is still broken by something, so that the list stays short', () => {
  const broken = new Set(CONFIGURATIONS.slice(0, 1).flatMap(([, configure]) => findings({}, configure)));
  expect(LISTED.filter(rule => !broken.has(rule))).toEqual([]);
  expect(LISTED.length).toBeGreaterThan(0);
});

test('the CDK\'s own validation finds nothing on any of them', () => {
  process.env.CDK_VALIDATION = 'true';
  try {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    SecureDefaults.set(app, { network: new SecureNetwork(new Stack(app, 'Shared'), 'Network', { inspectTls: true }) });
    CONFIGURATIONS
      .filter(([name]) => name !== 'one network for the app')
      .forEach(([, configure], index) => configure(new Stack(app, `Stack${index}`)));
    // Of what it finds nothing in, it says nothing: so that something shows that it looked.
    new CfnResource(new Stack(app, 'Callers'), 'Broken', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 'soon' } });
    const { directory } = app.synth();
    const { pluginReports } = JSON.parse(fs.readFileSync(path.join(directory, 'validation-report.json'), 'utf8'));
    const violating = pluginReports.flatMap((report: any) => report.violations).flatMap((violation: any) => violation.violatingConstructs);
    expect([...new Set(violating.map(({ constructPath }: any) => constructPath))]).toEqual(['Callers/Broken']);
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
});

test('a plain function shows that the packs do look', () => {
  const found = findings({}, stack => new lambda.Function(stack, 'Handler', CODE));
  expect(found).toEqual(expect.arrayContaining(['HIPAA.Security-LambdaDLQ', 'AwsSolutions-IAM4', 'Serverless-LambdaTracing']));
});
