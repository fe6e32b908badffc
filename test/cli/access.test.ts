import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { commandLine } from './command-line';
import { ExitCode } from '../../src/cli/exit-code';

const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
const role = (Action: string, Resource: unknown) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: TRUST,
    Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] } }],
  },
});
const fn = (of: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [of, 'Arn'] } } });

const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const TEMPLATES = {
  'shop.json': {
    Queue: { Type: 'AWS::SQS::Queue' },
    SenderRole: role('sqs:SendMessage', QUEUE_ARN),
    Sender: fn('SenderRole'),
    DeployerRole: role('lambda:UpdateFunctionCode', { 'Fn::GetAtt': ['Sender', 'Arn'] }),
    Deployer: fn('DeployerRole'),
  },
  'other.json': { Queue: { Type: 'AWS::SQS::Queue' } },
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-'));
beforeAll(() => Object.entries(TEMPLATES).forEach(([file, Resources]) => fs.writeFileSync(path.join(folder, file), JSON.stringify({ Resources }))));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const asked = (...args: string[]) => commandLine(...args, '--app', folder);
const data = (...args: string[]) => JSON.parse(asked(...args, '--format', 'json').out);

test('who can', () => {
  expect(data('who-can', 'sqs:SendMessage', 'shop.json/Queue')).toMatchObject([{ answer: 'allowed', principal: { functions: ['shop.json/Sender'] } }]);
  expect(asked('who-can', 'sqs:SendMessage', 'shop.json/Queue').out).toContain('ALLOWED shop.json/SenderRole (role of shop.json/Sender) sqs:SendMessage on shop.json/Queue');
  expect(asked('who-can', 'sqs:DeleteQueue', 'shop.json/Queue')).toMatchObject({ code: ExitCode.CLEAN, out: expect.stringContaining('Nobody may sqs:DeleteQueue') });
});

test.each<[readonly string[], ExitCode]>([
  [['Sender', 'sqs:SendMessage', 'shop.json/Queue'], ExitCode.CLEAN],
  [['Sender', 'sqs:SendMessage', 'shop.json/Queue', '--expect', 'allowed'], ExitCode.CLEAN],
  [['Sender', 'sqs:SendMessage', 'shop.json/Queue', '--expect', 'denied'], ExitCode.FINDINGS],
  [['Sender', 'sqs:DeleteQueue', 'shop.json/Queue', '--expect', 'denied'], ExitCode.CLEAN],
  [['*', 'sqs:SendMessage', 'shop.json/Queue', '--expect', 'denied'], ExitCode.CLEAN],
])('can %j ends with %i', (args, code) => expect(asked('can', ...args)).toMatchObject({ code, err: '' }));

test('reach', () => {
  const reached = data('reach', 'Deployer').map((steps: { to: string }[]) => steps.at(-1)!.to);
  expect(reached.filter((each: string) => each !== 'shop.json/Sender').sort()).toEqual(['shop.json/DeployerRole', 'shop.json/Queue', 'shop.json/SenderRole']);
});

test('escalations fail', () => {
  const { code, out } = asked('escalations');
  expect(code).toBe(ExitCode.FINDINGS);
  expect(out).toContain('ESCALATES shop.json/DeployerRole (role of shop.json/Deployer) to shop.json/SenderRole');
  expect(out).toContain('1. shop.json/DeployerRole takes shop.json/Sender and changes its code (lambda:UpdateFunctionCode)');
});

test.each<[readonly string[], string]>([
  [['who-can', 'sqs:SendMessage', 'Queue'], '`Queue` may be any of these, name one by its path:\n  other.json/Queue\n  shop.json/Queue'],
  [['who-can', 'sqs:SendMessage', 'shop.json/Quee'], 'there is no resource `shop.json/Quee` in the app, expected a construct path, a logical id or an ARN; do you mean `shop.json/Queue`?'],
  [['who-can', 'sqs:Send*', 'shop.json/Queue'], '`sqs:Send*` is no action, expected one such as `lambda:InvokeFunction`, without wildcards'],
  [['can', 'shop.json/Queue', 'sqs:SendMessage', 'shop.json/Queue'], 'there is no role, user or function `shop.json/Queue` in the app'],
])('%j ends with 2', (args, message) => {
  const { code, err, out } = asked(...args);
  expect([code, out]).toEqual([ExitCode.COULD_NOT_RUN, '']);
  expect(err).toContain(message);
});

test('an app that is not there ends with 2', () => expect(commandLine('escalations', '--app', path.join(folder, 'none'))).toMatchObject({ code: ExitCode.COULD_NOT_RUN }));
