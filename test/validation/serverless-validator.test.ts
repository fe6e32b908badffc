import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ServerlessValidator } from '../../src';
import { CODE } from '../function/fixtures';

const REPORT_ONLY = { context: { '@aws-cdk/core:failSynthOnValidationErrors': false } };

/** The violations that the CDK reports, as `rule at construct`. */
function reported(app: App): string[] {
  const { directory } = app.synth();
  const file = path.join(directory, 'validation-report.json');
  if (!fs.existsSync(file)) return [];
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  return report.pluginReports.flatMap((plugin: any) => plugin.violations.flatMap((violation: any) =>
    violation.violatingConstructs.map((construct: any) => `${violation.ruleName} at ${construct.constructPath}`)));
}

function queueReader(stack: Stack) {
  const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(30) });
  const reader = new lambda.Function(stack, 'Reader', { ...CODE, timeout: Duration.seconds(20) });
  reader.addEventSource(new SqsEventSource(queue));
}

describe('the validator', () => {
  test('finds what a real synth made, through the construct path', () => {
    const app = new App(REPORT_ONLY);
    queueReader(new Stack(app, 'Orders'));
    Validations.of(app).addPlugins(new ServerlessValidator());
    expect(reported(app)).toContain('sqs/visibility-covers-timeout at Orders/Queue/Resource');
  });

  test('finds what hides in a nested stack', () => {
    const app = new App(REPORT_ONLY);
    queueReader(new NestedStack(new Stack(app, 'Orders'), 'Nested'));
    Validations.of(app).addPlugins(new ServerlessValidator());
    expect(reported(app)).toContain('sqs/visibility-covers-timeout at Orders/Nested/Queue/Resource');
  });
});
