import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { pluginReports, queuesAreFifo, REPORTED, useRules } from './fixtures';
import { ServerlessNagPack, ServerlessValidator, Severity } from '../../src';
import { CODE } from '../function/fixtures';

beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

/** What the packs report of an app with two queues, of which the first may be acknowledged. */
function packs(...acknowledged: string[]) {
  const app = new App(REPORTED);
  const stack = new Stack(app, 'Orders');
  const [first] = ['First', 'Second'].map(id => new sqs.Queue(stack, id));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessNagPack(app));
  Validations.of(first).acknowledge(...acknowledged.map(id => ({ id, reason: 'order is kept elsewhere' })));
  const [nag, ours] = ['AwsSolutions', 'SecureServerless'].map(name => pluginReports(app).find(({ pluginName }) => pluginName === name)!);
  const places = (report: typeof ours) => report.violations.flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`));
  return { nag: places(nag), ours: places(ours), report: ours };
}

const RULE = 'SecureServerless-sqs/queues-are-fifo';

describe('the pack', () => {
  beforeEach(() => useRules(queuesAreFifo(Severity.HIGH)));

  test('reports beside those of cdk-nag, as they do', () => {
    const { nag, ours, report } = packs();
    expect(nag.filter(violation => violation.startsWith('AwsSolutions-SQS4'))).toEqual(['First', 'Second'].map(id => `AwsSolutions-SQS4 at Orders/${id}/Resource`));
    expect(ours).toEqual(['First', 'Second'].map(id => `${RULE} at Orders/${id}/Resource`));
    expect(report.violations[0].severity).toBe('error');
    expect(report.conclusion).toBe('failure');
  });

  test.each([
    ['bare', RULE],
    ['with the pack before it', `SecureServerless::${RULE}`],
    ['for one property', `${RULE}[FifoQueue]`],
    ['for one property, with the pack before it', `SecureServerless::${RULE}[FifoQueue]`],
    ['by the plain id', 'sqs/queues-are-fifo'],
    ['by the plain id, for one property', 'sqs/queues-are-fifo[FifoQueue]'],
    ['by the plain id, with the pack before it', 'SecureServerless::sqs/queues-are-fifo'],
    ['as for the validator', 'cdk-secure-serverless::sqs/queues-are-fifo'],
  ])('takes acknowledgements of cdk-nag: %s', (_, id) => {
    const { ours, report } = packs(id);
    expect(ours).toEqual([`${RULE} at Orders/Second/Resource`]);
    expect(report.conclusion).toBe('failure');
  });

  test.each([
    ['another property', `${RULE}[QueueName]`],
    ['another pack', 'AwsSolutions::sqs/queues-are-fifo'],
    ['another rule', 'SecureServerless-sqs/queues'],
  ])('takes no acknowledgement of %s', (_, id) => expect(packs(id).ours).toHaveLength(2));

  test('keeps place and reason in the report where the CDK suppresses', () => {
    expect(packs(`SecureServerless::${RULE}`).report.suppressedViolations).toEqual([
      expect.objectContaining({ ruleName: RULE, reason: 'order is kept elsewhere', acknowledgedAt: 'Orders/First' }),
    ]);
  });

  test('takes the line that the finding shows', () => {
    const [{ suggestedFix }] = packs().report.violations;
    const id = /acknowledge\(\{ id: '([^']+)'/.exec(suggestedFix)![1];
    expect(packs(id).ours).toEqual([`${RULE} at Orders/Second/Resource`]);
  });

  test('leaves the acknowledgements of other packs to them', () => {
    const { nag, ours } = packs('AwsSolutions-SQS4');
    expect(nag.filter(violation => violation.startsWith('AwsSolutions-SQS4'))).toEqual(['AwsSolutions-SQS4 at Orders/Second/Resource']);
    expect(ours).toHaveLength(2);
  });
});

test('the pack finds what the validator finds, under its own name, and beside the pack that is called alike', () => {
  const app = new App(REPORTED);
  const stack = new Stack(app, 'Orders');
  const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.seconds(30) });
  new lambda.Function(stack, 'Reader', { ...CODE, timeout: Duration.seconds(20) }).addEventSource(new SqsEventSource(queue));
  Validations.of(app).addPlugins(new ServerlessChecks(app), new ServerlessNagPack(), new ServerlessValidator());
  const found = (name: string) => pluginReports(app).find(({ pluginName }) => pluginName === name)!.violations;
  expect(found('Serverless')).not.toEqual([]);
  expect(found('SecureServerless').map(({ ruleName }) => ruleName)).toContain('SecureServerless-sqs/visibility-covers-timeout');
  expect(found('SecureServerless').map(({ ruleName, description }) => [ruleName.replace('SecureServerless-', ''), description]))
    .toEqual(found('cdk-secure-serverless').map(({ ruleName, description }) => [ruleName, description]));
});

test('bad input names the class', () => {
  expect(() => new ServerlessNagPack(undefined, { skip: ['nothing'] })).toThrow(/^ServerlessNagPack has 1 fault:/);
});
