import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
} from 'cdk-nag';
import { SecureDefaults, SecureNetwork } from '../src';
import { CONFIGURATIONS } from './function/configurations';
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
