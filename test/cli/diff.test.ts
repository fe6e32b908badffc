import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { commandLine } from './command-line';
import { ExitCode } from '../../src/cli/exit-code';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'diff-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

let count = 0;

/** Synthesizes an app of one stack; gives the folder. */
function assembly(build: (stack: Stack) => void): string {
  const outdir = path.join(folder, `cdk.out.${++count}`);
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  build(new Stack(app, 'Orders'));
  app.synth();
  return outdir;
}

/** A function with a queue and a bucket. */
function orders(more: (parts: { stack: Stack; fn: lambda.Function; queue: sqs.Queue; bucket: s3.Bucket }) => void, name?: string) {
  return (stack: Stack) => {
    const queue = new sqs.Queue(stack, 'Queue', { queueName: name });
    const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    const fn = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = 0') });
    queue.grantSendMessages(fn);
    bucket.grantRead(fn);
    more({ stack, fn, queue, bucket });
  };
}

const before = assembly(orders(() => {}));

describe('diff of assemblies', () => {
  test('says nothing of the same app, whatever names and ids it has', () => {
    const after = assembly(orders(({ stack, queue, fn }) => {
      (stack.node.findChild('Queue').node.defaultChild as sqs.CfnQueue).overrideLogicalId('Renamed');
      // What it has already, once more.
      fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
    }, 'orders'));
    expect(commandLine('diff', before, after, '--fail-on', 'possible-access')).toEqual({ code: ExitCode.CLEAN, out: 'No new access\n', err: '' });
  });

  test('says what is new, who has it, by what, and fails when asked', () => {
    const after = assembly(orders(({ fn, queue, bucket }) => {
      queue.grantConsumeMessages(fn);
      bucket.grantPublicAccess();
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    }));
    const { code, out } = commandLine('diff', before, after);
    expect(code).toBe(ExitCode.CLEAN);
    expect(out).toContain('NEW ACTION Orders/Handler/ServiceRole/Resource (role of Orders/Handler/Resource) may sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:ReceiveMessage on Orders/Queue/Resource');
    expect(out).toContain('PUBLIC everybody may call its URL on Orders/Handler/Resource');
    expect(out).toContain('PUBLIC everybody may s3:GetObject on Orders/Bucket/Resource');
    expect(out).toContain('  now    Orders/Handler/ServiceRole/DefaultPolicy/Resource PolicyDocument.Statement.');
    expect(commandLine('diff', before, after, '--fail-on', 'new-access').code).toBe(ExitCode.FINDINGS);
    expect(commandLine('diff', after, before, '--fail-on', 'new-access').code).toBe(ExitCode.CLEAN);
    expect(commandLine('diff', after, before).out).toContain('No longer allowed:');
  });

  test('speaks of a new function, its role, and where it connects to', () => {
    const after = assembly(orders(({ stack, queue }) => {
      const fn = new lambda.Function(stack, 'Second', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = 0') });
      queue.grantPurge(fn);
    }));
    const { out } = commandLine('diff', before, after);
    expect(out).toMatch(/NEW PRINCIPAL Orders\/Second\/ServiceRole\/Resource \(role of Orders\/Second\/Resource\) may .*sqs:PurgeQueue on Orders\/Queue\/Resource/);
    expect(out).toContain('NEW EGRESS Orders/Second/Resource can connect to the internet');
  });
});

describe('diff of templates', () => {
  const template = (name: string, Action: string, Resource = 'arn:aws:sqs:eu-west-1:111111111111:orders') => {
    const file = path.join(folder, name);
    const Statement = [{ Effect: 'Allow', Action, Resource }];
    fs.writeFileSync(file, JSON.stringify({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement } }] } } } }));
    return file;
  };

  test('compares two files, whatever they are called', () => {
    expect(commandLine('diff', template('old.json', 'sqs:SendMessage'), template('new.json', 'sqs:SendMessage')).out).toBe('No new access\n');
    const { out } = commandLine('diff', template('old.json', 'sqs:SendMessage'), template('new.json', 'sqs:PurgeQueue'));
    expect(out).toContain('NEW ACTION new.json/Role may sqs:PurgeQueue on arn:aws:sqs:eu-west-1:111111111111:orders');
    expect(out).toMatch(/now {4}new\.json\/Role Policies\.0\.PolicyDocument\.Statement\.0\.Action: .* \(\S*new\.json:1:\d+\)/);
  });

  test('writes all of it as JSON, and as a comment in which nothing that stands in a template is Markdown', () => {
    const [older, newer] = [template('old.json', 'sqs:SendMessage'), template('new.json', 'sqs:PurgeQueue', 'arn:aws:sqs:eu-west-1:111111111111:<img>@you')];
    const { changes, narrowings } = JSON.parse(commandLine('diff', older, newer, '--format', 'json').out);
    expect(changes).toMatchObject([{
      kind: 'action',
      isSure: true,
      actions: ['sqs:PurgeQueue'],
      principals: [{ name: 'new.json/Role' }],
      example: { action: 'sqs:PurgeQueue' },
      now: [{ constructPath: 'new.json/Role', property: 'Policies.0.PolicyDocument.Statement.0.Action', source: { line: 1 } }],
      before: [],
    }]);
    expect(narrowings).toMatchObject([{ actions: ['sqs:SendMessage'] }]);
    const { out } = commandLine('diff', older, newer, '--format', 'markdown');
    expect(out).toMatch(/^## Access: 1 change that gives new access\n\n<details>\n<summary><b>new action<\/b> new\.json\/Role may sqs:PurgeQueue on /);
    expect(out.replace(/`[^`\n]*`/g, '')).not.toMatch(/<img>|@you/);
    expect(out).toContain('**No longer allowed**');
  });

  test('ends with 2 on what can not be read', () => {
    expect(commandLine('diff', path.join(folder, 'none.json'), template('new.json', 'sqs:PurgeQueue'))).toMatchObject({
      code: ExitCode.COULD_NOT_RUN, out: '', err: expect.stringContaining('none.json: there is no such file or folder'),
    });
    expect(commandLine('diff', before)).toMatchObject({ code: ExitCode.COULD_NOT_RUN, err: expect.stringContaining('new') });
    expect(commandLine('diff', before, before, '--fail-on', 'high')).toMatchObject({ code: ExitCode.COULD_NOT_RUN, err: expect.stringContaining('new-access') });
  });
});
