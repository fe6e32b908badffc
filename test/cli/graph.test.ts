import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import Ajv from 'ajv';
import { commandLine } from './command-line';
import * as graphSchema from '../../schemas/graph.schema.json';
import { ExitCode } from '../../src/cli/exit-code';
import { forEverybody } from '../access/for-everybody';
import { HOSTILE } from '../report/sample-scan';

const fits = new Ajv({ allErrors: true }).compile(graphSchema);
const ASSUMED = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };

/** A function with a URL for everybody, whose role may read a table; `name` is the id of its construct. */
function template(name = 'Handler') {
  const statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
  const at = (id: string) => ({ Metadata: { 'aws:cdk:path': `App/${id}/Resource` } });
  return JSON.stringify({
    Resources: {
      Handler: { Type: 'AWS::Lambda::Function', ...at(name), Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Url: { Type: 'AWS::Lambda::Url', ...at('Url'), Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Handler', 'Arn'] }, AuthType: 'NONE' } },
      ...forEverybody('Handler'),
      Role: {
        Type: 'AWS::IAM::Role',
        ...at('Role'),
        Properties: { AssumeRolePolicyDocument: ASSUMED, Policies: [{ PolicyName: name, PolicyDocument: { Statement: [statement] } }] },
      },
      Table: { Type: 'AWS::DynamoDB::Table', ...at('Table') },
      Alone: { Type: 'AWS::SQS::Queue', ...at('Alone') },
    },
  });
}

const before = process.cwd();
beforeAll(() => {
  process.chdir(fs.mkdtempSync(path.join(os.tmpdir(), 'graph-')));
  fs.writeFileSync('app.template.json', template());
});
afterAll(() => {
  const folder = process.cwd();
  process.chdir(before);
  fs.rmSync(folder, { recursive: true });
});

describe('graph', () => {
  test('lists attack paths step by step, and what each thing can do', () => {
    const { code, out, err } = commandLine('graph', 'app.template.json');
    expect([code, err]).toEqual([ExitCode.CLEAN, '']);
    expect(out).toContain(`1 function, 1 role, 1 data store, 1 resource; 1 attack path

ATTACK PATH to App/Table/Resource
  1. the internet calls App/Handler/Resource by its URL
  2. App/Handler/Resource runs as App/Role/Resource
  3. App/Role/Resource may dynamodb:GetItem on App/Table/Resource
`);
    expect(out).toContain(`App/Role/Resource (role)
  may dynamodb:GetItem on App/Table/Resource
    - App/Role/Resource Policies.0.PolicyDocument.Statement.0.Action: \`Allow\` of`);
  });

  test('gives JSON that fits its schema', () => {
    const { code, out } = commandLine('graph', 'app.template.json', '--format', 'json');
    expect(code).toBe(ExitCode.CLEAN);
    expect([fits(JSON.parse(out)), fits.errors]).toEqual([true, null]);
    expect(JSON.parse(out)).toMatchObject({ version: 1, attackPaths: [{ to: 'app.template.json#Table', answer: 'allowed', edges: [0, 1, 2] }] });
    expect(fits({ version: 1, nodes: [], edges: [{}], attackPaths: [] })).toBe(false);
  });

  test('gives Mermaid of what has to do with anything', () => {
    const { out } = commandLine('graph', 'app.template.json', '-f', 'mermaid');
    expect(out.split('\n').slice(0, 9)).toEqual([
      'flowchart LR',
      '  %% left out: 1 thing that nothing leads to or from',
      '  n0(("the internet<br/>anybody"))',
      '  n1("Handler<br/>Lambda Function")',
      '  n2{{"Role<br/>IAM Role"}}',
      '  n3[("Table<br/>DynamoDB Table")]',
      '  n0 -->|"calls its URL"| n1',
      '  n1 -->|"runs as"| n2',
      '  n2 -->|"may dynamodb#58;GetItem"| n3',
    ]);
  });

  test.each([['Alone', ['Alone']], ['App/Handler', ['internet', 'Handler', 'Role', 'Table']], ['internet', ['internet', 'Handler', 'Role', 'Table']]])(
    'shows what is around %s', (focus, ids) => {
      const { out } = commandLine('graph', 'app.template.json', '--focus', focus, '-f', 'json');
      expect(JSON.parse(out).nodes.map(({ id }: { id: string }) => id.replace(/^.*#/, ''))).toEqual(ids);
    });

  test('writes files, each in the format of its extension', () => {
    expect(commandLine('graph', 'app.template.json', '-o', 'made/graph.mmd', '-o', 'graph.JSON', '-o', 'graph.txt').code).toBe(ExitCode.CLEAN);
    expect(fs.readFileSync('made/graph.mmd', 'utf8')).toMatch(/^flowchart LR\n/);
    expect(fits(JSON.parse(fs.readFileSync('graph.JSON', 'utf8')))).toBe(true);
    expect(fs.readFileSync('graph.txt', 'utf8')).toContain('ATTACK PATH');
  });

  test.each([
    [['--focus', 'Handlr'], 'there is no function, role or resource `Handlr` in the app'],
    [['--output', 'graph.png', '--output', 'graph'], '--output has `graph.png`, expected an extension of `.txt`, `.json`, `.mmd`\n--output has `graph`'],
    [['--format', 'dot'], 'text, json, mermaid'],
  ])('says what is wrong with %j', (args, message) => {
    expect(commandLine('graph', 'app.template.json', ...args)).toMatchObject({ code: ExitCode.COULD_NOT_RUN, out: '', err: expect.stringContaining(message) });
  });

  test('says of a template that can not be read that it is not the whole', () => {
    fs.mkdirSync('folder');
    fs.writeFileSync('folder/good.template.json', template());
    fs.writeFileSync('folder/bad.template.json', '{ "Resources": ');
    expect(commandLine('graph', 'folder')).toMatchObject({ code: ExitCode.COULD_NOT_RUN, out: expect.stringContaining('ATTACK PATH'), err: expect.stringContaining('bad.template.json') });
  });

  test('of nothing is nothing', () => {
    fs.writeFileSync('empty.template.json', '{ "Resources": {} }');
    expect(commandLine('graph', 'empty.template.json').out).toBe('nothing that has access to anything; 0 attack paths\n');
    expect(fits(JSON.parse(commandLine('graph', 'empty.template.json', '-f', 'json').out))).toBe(true);
  });

  test('offers its formats to shells', () => expect(commandLine('completion', 'bash').out).toContain('text json mermaid'));

  test.each(HOSTILE.map(text => [text.slice(0, 40), text]))('takes %j for nothing but a name', (_, text) => {
    fs.writeFileSync('hostile.template.json', template(text));
    const drawn = commandLine('graph', 'hostile.template.json', '-f', 'mermaid').out.split('\n');
    expect(drawn).toHaveLength(commandLine('graph', 'app.template.json', '-f', 'mermaid').out.split('\n').length);
    const [, label] = drawn.map(line => /^  n1\("(.*)<br\/>Lambda Function"\)$/.exec(line)).find(Boolean)!;
    expect(label).toMatch(/^(?:[\p{L}\p{N} .,/]|#\d+;)*$/u);
    expect(commandLine('graph', 'hostile.template.json').out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(fits(JSON.parse(commandLine('graph', 'hostile.template.json', '-f', 'json').out))).toBe(true);
  });
});
