import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { commandLine } from './command-line';
import { ExitCode } from '../../src/cli/exit-code';

const statement = (more: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Resource: '*', ...more }] });
const role = (statements: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
    Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
const FILES = {
  'shop.json': JSON.stringify({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Sender: role([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } }]),
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Sender', 'Arn'] } } },
      Deployer: role([{ Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: { 'Fn::GetAtt': ['Fn', 'Arn'] } }]),
    },
  }),
  'deny-sqs.json': statement({ Effect: 'Deny', Action: 'sqs:*' }),
  'deny-lambda.json': statement({ Effect: 'Deny', Action: 'lambda:*' }),
  'unit/allow-s3.json': statement({ Effect: 'Allow', Action: 's3:*' }),
  'unit/allow-sqs.json': statement({ Effect: 'Allow', Action: 'sqs:*' }),
  'unit/README.md': 'What the unit may use',
  'rcp.json': statement({ Effect: 'Deny', Action: 'sqs:*', Principal: '*' }),
  'broken.json': '{ "Statement": [',
  'wrong.json': '{\n  "Statement": [\n    { "Effect": "deny", "NotAction": 1, "Principal": "*", "Resource": "*" },\n    "all"\n  ]\n}',
  'template.json': '{ "Resources": {} }',
  'empty/README.md': 'nothing',
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'organization-'));
const file = (name: string) => path.join(folder, name);
beforeAll(() => Object.entries(FILES).forEach(([name, text]) => {
  fs.mkdirSync(path.dirname(file(name)), { recursive: true });
  fs.writeFileSync(file(name), text);
}));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const can = (...options: string[]) => commandLine('can', 'Sender', 'sqs:SendMessage', 'Queue', '--app', file('shop.json'), ...options);

test.each<[string, string, readonly string[]]>([
  ['none', 'ALLOWED', []],
  ['one level', 'DENIED', ['--scp', 'deny-sqs.json']],
  ['a level of two policies', 'ALLOWED', ['--scp', 'unit']],
  ['one policy as a level by itself', 'DENIED', ['--scp', 'unit/allow-s3.json']],
  ['two levels', 'DENIED', ['--scp', 'unit/allow-sqs.json', '--scp', 'unit/allow-s3.json']],
  ['a resource control policy', 'DENIED', ['--rcp', 'rcp.json']],
])('%s: %s', (_, expected, options) => {
  const { code, out } = can(...options.map(each => each.startsWith('--') ? each : file(each)));
  expect([code, out.split(' ')[0]]).toEqual([ExitCode.CLEAN, expected]);
});

test('what denies is named by its file', () => {
  expect(can('--scp', file('deny-sqs.json')).out).toContain(`  - ${file('deny-sqs.json')} Statement.0.Action: \`Deny\` of \`sqs:*\` on \`*\` (service control policy)`);
});

test('all questions respect them', () => {
  const asked = (...args: string[]) => commandLine(...args, '--app', file('shop.json'), '--scp', file('deny-sqs.json'), '--scp', file('deny-lambda.json'));
  expect(asked('who-can', 'sqs:SendMessage', 'Queue').out).toContain('Nobody may sqs:SendMessage on Queue');
  expect(asked('reach', 'Sender').out).toContain('Nothing can be got at from Sender');
  expect(asked('escalations')).toMatchObject({ code: ExitCode.CLEAN, out: expect.stringContaining('Nobody comes to more rights') });
  expect(commandLine('escalations', '--app', file('shop.json')).code).toBe(ExitCode.FINDINGS);
  const graph = (...options: string[]) => JSON.parse(commandLine('graph', file('shop.json'), '--format', 'json', ...options).out).edges.map(({ kind }: { kind: string }) => kind);
  expect(graph()).toEqual(expect.arrayContaining(['may', 'gains']));
  expect(graph('--scp', file('deny-sqs.json'), '--scp', file('deny-lambda.json'))).toEqual(['runs as']);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['a file that is not there', ['--scp', 'none.json'], ['none.json: there is no such file or folder']],
  ['what is no JSON', ['--scp', 'broken.json'], ['broken.json:1:17: ']],
  ['what is no policy', ['--rcp', 'template.json'], ['template.json:1:1: the file is no policy, expected a map with `Statement`']],
  ['a folder without policies', ['--scp', 'empty'], ['empty: no policy in this folder, expected files that end with `.json`']],
  ['whom a service control policy can\'t name', ['--scp', 'rcp.json'], [': there is no `Principal` in service control policies, which hold for all of an account']],
  ['whom a resource control policy must name', ['--rcp', 'deny-sqs.json'], [': `Principal` is `(not set)`, expected `"*"`: resource control policies hold for everybody']],
  ['several faults in several files', ['--scp', 'wrong.json', '--rcp', 'none.json'], [
    'wrong.json:3:17: `Effect` is `"deny"`, expected `Allow` or `Deny`',
    'wrong.json:3:38: `NotAction` is `1`, expected a text or a list of texts',
    'wrong.json:3:41: there is no `Principal` in service control policies',
    'wrong.json:4:5: the statement is no map, expected one with `Effect`, `Action` and `Resource`',
    'none.json: there is no such file or folder',
  ]],
])('%s ends with 2', (_, options, messages) => {
  const { code, out, err } = can(...options.map(each => each.startsWith('--') ? each : file(each)));
  expect([code, out]).toEqual([ExitCode.COULD_NOT_RUN, '']);
  for (const message of messages) expect(err).toContain(message);
});
