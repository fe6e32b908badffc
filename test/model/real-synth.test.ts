import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CfnResource, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnFunction, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AppModel } from '../../src/model/app-model';
import { readPath } from '../../src/model/read/read-path';
import { readTree, stacksBelow } from '../../src/model/read-tree';

const env = { account: '111122223333', region: 'eu-west-1' };
const RECOMMENDED = jest.requireActual('aws-cdk-lib/recommended-feature-flags.json');

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'real-synth-')); });
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function reader(stack: Stack): Function {
  return new Function(stack, 'Reader', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
}

/** Each way in which a queue and its reader may be written, and where the queue then is. */
const SHAPES: Readonly<Record<string, { readonly build: (app: App) => void; readonly queue: string; readonly fn?: string }>> = {
  'a nested stack': {
    build: app => {
      const stack = new Stack(app, 'Main', { env });
      reader(stack).addEventSource(new SqsEventSource(new Queue(new NestedStack(stack, 'Nested'), 'Queue')));
    },
    queue: 'Main/Nested/Queue/Resource',
  },
  'a nested stack that reads': {
    build: app => {
      const stack = new Stack(app, 'Main', { env });
      reader(new NestedStack(stack, 'Nested')).addEventSource(new SqsEventSource(new Queue(stack, 'Queue')));
    },
    queue: 'Main/Queue/Resource',
    fn: 'Main/Nested/Reader/Resource',
  },
  'a stage': {
    build: app => {
      const stack = new Stack(new Stage(app, 'Prod', { env }), 'Main');
      reader(stack).addEventSource(new SqsEventSource(new Queue(stack, 'Queue')));
    },
    queue: 'Prod/Main/Queue/Resource',
    fn: 'Prod/Main/Reader/Resource',
  },
  'another stack': {
    build: app => reader(new Stack(app, 'Main', { env })).addEventSource(new SqsEventSource(new Queue(new Stack(app, 'Other', { env }), 'Queue'))),
    queue: 'Other/Queue/Resource',
  },
  'another region': {
    build: app => {
      const far = new Stack(app, 'Far', { env: { ...env, region: 'us-east-1' }, crossRegionReferences: true });
      reader(new Stack(app, 'Main', { env, crossRegionReferences: true })).addEventSource(new SqsEventSource(new Queue(far, 'Queue', { queueName: 'far' })));
    },
    queue: 'Far/Queue/Resource',
  },
  'a generic CfnResource': {
    build: app => {
      const stack = new Stack(app, 'Main', { env });
      const queue = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
      new CfnResource(stack, 'Mapping', {
        type: 'AWS::Lambda::EventSourceMapping',
        properties: {
          EventSourceArn: queue.getAtt('Arn'), FunctionName: Token.asString({ Ref: stack.getLogicalId(reader(stack).node.defaultChild as CfnFunction) }),
        },
      });
    },
    queue: 'Main/Queue',
  },
  'a raw override': {
    build: app => {
      const stack = new Stack(app, 'Main', { env });
      const mapping = new CfnResource(stack, 'Mapping', { type: 'AWS::Lambda::EventSourceMapping', properties: { FunctionName: reader(stack).functionName } });
      // eslint-disable-next-line no-restricted-syntax
      mapping.addPropertyOverride('EventSourceArn', new Queue(stack, 'Queue').queueArn);
    },
    queue: 'Main/Queue/Resource',
  },
  'an included template': {
    build: app => {
      const stack = new Stack(app, 'Main', { env });
      const templateFile = path.join(folder, 'included.json');
      fs.writeFileSync(templateFile, JSON.stringify({
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue' },
          Mapping: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Properties: {
              EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { 'Fn::Sub': '${Fn}' },
            },
          },
          Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: '0' } } },
          Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
        },
      }));
      new CfnInclude(stack, 'Included', { templateFile });
    },
    queue: 'Main/Included/Queue',
    fn: 'Main/Included/Fn',
  },
};

describe.each([['strong references', {}], ['the recommended flags', RECOMMENDED]])('with %s', (_, flags) => {
  test.each(Object.entries(SHAPES))('the queue and the role of a reader are found in %s', (__, { build, queue, fn = 'Main/Reader/Resource' }) => {
    const outdir = path.join(folder, 'cdk.out');
    const app = new App({ outdir, context: { ...flags, 'aws:cdk:enable-path-metadata': true } });
    build(app);
    app.synth();
    const { sources, faults } = readPath(outdir);
    expect(faults).toEqual([]);
    for (const read of [sources, readTree(stacksBelow(app).filter(stack => !stack.nestedStackParent))]) {
      const model = AppModel.of(read);
      const [mapping, ...others] = model.ofType('AWS::Lambda::EventSourceMapping');
      expect(others).toEqual([]);
      expect([String(mapping.get('EventSourceArn').target), mapping.get('EventSourceArn').attribute]).toEqual([queue, 'Arn']);
      expect(mapping.get('FunctionName').targets.map(String)).toEqual([fn]);
      expect(mapping.get('FunctionName').targets[0].get('Role').target?.type).toBe('AWS::IAM::Role');
    }
  });
});
