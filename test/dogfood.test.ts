import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessValidator } from '../src';
import { CONFIGURATIONS } from './function/configurations';
import { CODE, FLAG_SETTINGS } from './function/fixtures';

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

/** What the validator reports of an app and nobody accepted for a reason, apart from what the test itself brings. */
function findings(appProps: AppProps, configure: (stack: Stack) => void): string[] {
  const app = new App({ ...appProps, context: { ...appProps.context, '@aws-cdk/core:failSynthOnValidationErrors': false } });
  // That nothing calls these functions, and nobody subscribes to their alarms, is the test's doing.
  Validations.of(app).addPlugins(new ServerlessValidator({ skip: ['lambda/has-trigger', 'cloudwatch/alarm-topic-subscribed'] }));
  configure(new Stack(app, 'Stack'));
  const report = path.join(app.synth().directory, 'validation-report.json');
  const { pluginReports } = JSON.parse(fs.readFileSync(report, 'utf8')) as { pluginReports: { violations: Violation[] }[] };
  return pluginReports.flatMap(({ violations }) => violations).flatMap(({ ruleName, description, violatingConstructs }) =>
    violatingConstructs.filter(({ constructPath }) => !constructPath.includes('/Callers'))
      .map(({ constructPath }) => `${ruleName} ${constructPath}: ${description}`));
}

// The CDK prints its report, and asks the process to fail.
beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

describe.each(FLAG_SETTINGS)('our own rules find nothing on what the library makes, %s', (_, appProps) => {
  test.each(CONFIGURATIONS)('%s', (__, configure) => expect(findings(appProps, configure)).toEqual([]));
});

test('a plain function shows that the rules do look', () => {
  const found = findings({}, stack => new lambda.Function(stack, 'Handler', CODE)).map(each => each.split(' ')[0]);
  expect(found).toEqual(expect.arrayContaining(['lambda/concurrency-limited', 'lambda/egress-restricted', 'lambda/errors-alarmed']));
});
