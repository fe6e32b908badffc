import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { commandLine } from './command-line';
import { ExitCode } from '../../src/cli/exit-code';
import { AppModel } from '../../src/model/app-model';
import { readPath } from '../../src/model/read/read-path';

const PROJECT = path.join(__dirname, '../..');

/** What a user may write: a stage, a nested stack, a reference across stacks, a raw override and values that only deployment knows. */
const APP = `
const { App, CfnParameter, Duration, NestedStack, Stack, Stage } = require('aws-cdk-lib');
const { Code, Function, FunctionUrlAuthType, Runtime } = require('aws-cdk-lib/aws-lambda');
const { SqsEventSource } = require('aws-cdk-lib/aws-lambda-event-sources');
const { Queue } = require('aws-cdk-lib/aws-sqs');

function build(scope) {
  const orders = new Stack(scope, 'Orders');
  const seconds = new CfnParameter(orders, 'Seconds', { type: 'Number' });
  const queue = new Queue(orders, 'Queue', { visibilityTimeout: Duration.seconds(seconds.valueAsNumber) });
  queue.node.defaultChild.addPropertyOverride('DelaySeconds', 7);
  const nested = new NestedStack(orders, 'Nested');
  new Queue(nested, 'Inner', { queueName: queue.queueName + '-inner' });

  const handlers = new Stack(scope, 'Handlers');
  const handler = new Function(handlers, 'Handler', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
  handler.addEventSource(new SqsEventSource(queue));
  handler.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
}

const app = new App();
build(app);
build(new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } }));
`;

let folder: string;
beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-synth-')));
  fs.writeFileSync(path.join(folder, 'app.js'), APP);
  fs.writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: 'node app.js', versionReporting: false, notices: false }));
  const { status, stderr } = spawnSync(process.execPath, [path.join(PROJECT, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--no-lookups'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      HOME: folder,
      NODE_PATH: path.join(PROJECT, 'node_modules'),
      CI: 'true',
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  });
  if (status !== 0) throw new Error(stderr);
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const assembly = () => path.join(folder, 'cdk.out');
const lineOf = (text: string) => APP.split('\n').findIndex(line => line.includes(text)) + 1;

test('what `cdk synth` writes is read whole', () => {
  const { sources, faults } = readPath(assembly());
  expect(faults).toEqual([]);
  expect(sources.map(({ name }) => name).sort()).toEqual(['Handlers', 'Orders', 'Orders/Nested', 'Prod/Handlers', 'Prod/Orders', 'Prod/Orders/Nested']);
});

test.each(['', 'Prod/'])('below `%s`, raw overrides, tokens and references across stacks are seen as they are deployed', stage => {
  const app = AppModel.of(readPath(assembly()).sources);
  const found = (constructPath: string) => app.resources.find(each => each.constructPath === stage + constructPath)!;
  const queue = found('Orders/Queue/Resource');
  expect(queue.get('DelaySeconds').number).toBe(7);
  expect(queue.get('VisibilityTimeout')).toMatchObject({ kind: 'unknown', why: 'parameter Seconds' });
  expect(queue.sourcePlace()).toMatchObject({ file: path.join(folder, 'app.js'), line: lineOf("new Queue(orders, 'Queue'") });
  expect(found('Orders/Nested/Inner/Resource').get('QueueName').targets).toEqual([queue]);
  const [mapping] = app.ofType('AWS::Lambda::EventSourceMapping').filter(({ constructPath }) => constructPath.startsWith(`${stage}Handlers`));
  expect(mapping.get('EventSourceArn')).toMatchObject({ kind: 'reference', target: queue, attribute: 'Arn' });
});

test('the command line finds what is open in it, with the place in the code', () => {
  const { code, err, out } = commandLine('scan', assembly(), '--only', 'lambda/url-authenticated', '--format', 'json');
  expect({ code, err }).toEqual({ code: ExitCode.FINDINGS, err: '' });
  expect(JSON.parse(out).findings.map(({ constructPath, property, source }: any) => [constructPath, property, source?.file, source?.line])).toEqual(
    ['Handlers', 'Prod/Handlers'].map(stack =>
      [`${stack}/Handler/FunctionUrl/Resource`, 'AuthType', path.join(folder, 'app.js'), lineOf('addFunctionUrl')]));
});
