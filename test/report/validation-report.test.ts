import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ServerlessValidator } from '../../src';
import { joined, readValidationReport } from '../../src/report/validation-report';
import { Severity } from '../../src/rules/severity';
import { ReportedFinding } from '../../src/validation/finding';
import { CODE } from '../function/fixtures';
import { scanOf } from '../validation/scans';

describe('the report of a real synth', () => {
  let findings: readonly ReportedFinding[];
  const by = (tool: string | undefined, id: string) => findings.filter(({ rule }) => rule.tool === tool && rule.id === id);

  beforeAll(() => {
    const off = process.env.CDK_VALIDATION;
    // The CDK's own engine is one of those whose findings are read here.
    delete process.env.CDK_VALIDATION;
    const said = jest.spyOn(console, 'error').mockImplementation();
    try {
      const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
      const stack = new Stack(app, 'Orders');
      const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(1) });
      const reader = new lambda.Function(stack, 'Reader', { ...CODE, timeout: Duration.seconds(20) });
      reader.addEventSource(new SqsEventSource(queue));
      Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessValidator());
      Validations.of(queue).acknowledge({ id: 'AwsSolutions::AwsSolutions-SQS3', reason: 'it is one itself' });
      const file = path.join(app.synth().directory, 'validation-report.json');
      findings = readValidationReport(fs.readFileSync(file, 'utf8'), 'validation-report.json');
    } finally {
      process.env.CDK_VALIDATION = off;
      said.mockRestore();
    }
  });

  test('has findings of cdk-nag', () => {
    expect(by('AwsSolutions', 'AwsSolutions-SQS4')).toEqual([expect.objectContaining({
      constructPath: 'Orders/Queue/Resource', stack: 'Orders', severity: Severity.HIGH, verdict: 'violated', status: 'open',
    })]);
  });

  test('has those that were acknowledged, with the reason', () => {
    expect(by('AwsSolutions', 'AwsSolutions-SQS3')).toEqual([expect.objectContaining({ status: 'acknowledged', reason: 'it is one itself' })]);
  });

  test('has the detail of a rule in the message, and one rule for all of them', () => {
    const [finding] = by('AwsSolutions', 'AwsSolutions-IAM4');
    expect(finding.message).toMatch(/\(Policy::arn:<AWS::Partition>:iam::aws:policy\/service-role\/AWSLambdaBasicExecutionRole\)$/);
  });

  test('has findings of the CDK\'s own engine, with the property', () => {
    expect(by('CloudFormation Validate', 'E3505')).toEqual([expect.objectContaining({
      constructPath: 'Orders/Queue/Resource', property: 'VisibilityTimeout', templateFile: 'Orders.template.json', severity: Severity.MEDIUM,
    })]);
  });

  test('has ours, with all that is known of the rule', () => {
    const [finding] = by(undefined, 'sqs/visibility-covers-timeout');
    expect(finding).toMatchObject({ severity: Severity.MEDIUM, constructPath: 'Orders/Queue/Resource' });
    expect(finding.rule.references).not.toEqual([]);
  });

  test('is joined to a scan without ours, which the scan has', () => {
    const tools = new Set(joined(scanOf({ Orders: { Queue: 'bad' } }), findings).findings.map(({ rule }) => rule.tool ?? rule.id));
    expect(tools).toEqual(new Set(['AwsSolutions', 'CloudFormation Validate', 'test/bad-name']));
  });
});

describe('a report', () => {
  const VIOLATION = { ruleName: 'R1', description: 'is bad', severity: 'error', violatingConstructs: [{ constructPath: 'A/B' }] };
  const read = (violation: object) => readValidationReport(JSON.stringify({
    version: '54.0.0', pluginReports: [{ pluginName: 'Tool', conclusion: 'failure', violations: [{ ...VIOLATION, ...violation }] }],
  }), 'f');

  test.each([
    [{ severity: 'fatal' }, Severity.HIGH],
    [{ severity: 'error' }, Severity.HIGH],
    [{ severity: 'warning' }, Severity.MEDIUM],
    [{ severity: 'info' }, Severity.INFORMATIONAL],
    [{ severity: 'custom', customSeverity: 'Critical' }, Severity.CRITICAL],
    [{ severity: 'custom', customSeverity: 'spicy' }, Severity.MEDIUM],
    [{ severity: 7 }, Severity.MEDIUM],
  ])('with %j has the severity %s', (violation, severity) => expect(read(violation)[0].severity).toBe(severity));

  test('knows the place in the user\'s code by the trace', () => {
    const stackTraces = ['...new Queue2 in aws-cdk-lib...\nnew Orders (/app/lib/orders.ts:9:5)\n<anonymous> (/app/bin/app.ts:3:1)'];
    expect(read({ violatingConstructs: [{ constructPath: 'A/B', stackTraces }] })[0].source).toEqual({ file: '/app/lib/orders.ts', line: 9, column: 5 });
  });

  test('may be without findings', () => expect(readValidationReport('{"version":"54","pluginReports":[]}', 'f')).toEqual([]));

  test.each([
    ['{', ['f:1:2: the text ends, expected a key in quotes or `}`']],
    ['[]', ['f:1:1: the file is no map, expected a report of the CDK']],
    ['{"a": 1}', ['f:1:1: `pluginReports` is no list']],
    ['{"pluginReports": [\n{"pluginName": 7, "violations": [\n{"ruleName": "R", "violatingConstructs": [1]}, null]}]}', [
      'f:2:16: `pluginName` is `7`, expected a text',
      'f:3:1: `description` is `(not set)`, expected a text',
      'f:3:43: an element of `violatingConstructs` is no map',
      'f:3:48: an element of `violations` is no map',
    ]],
  ])('that says %j is faulty, with each place', (text, faults) => {
    const message = (() => {
      try {
        return String(readValidationReport(text, 'f'));
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message.split('\n').sort()).toEqual([...faults].sort());
  });
});
