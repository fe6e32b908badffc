import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as ts from 'typescript';

// `npm run new:rule` in a copy of the sources, and what the tests say of it before and after somebody fills it in.

const ROOT = path.join(__dirname, '..');
const NEEDED = ['.projen', 'docs', 'projenrc', 'src', 'test', 'package.json', 'tsconfig.dev.json', 'tsconfig.json'];
const ID = 'sqs/queue-is-fifo';
const RULE = `src/rules/${ID}.ts`;
const TEST = `test/rules/${ID}.test.ts`;
const PAGE = `docs/rules/${ID}.md`;

jest.setTimeout(300_000);

let copy: string;
const at = (file: string) => path.join(copy, file);
const read = (file: string) => fs.readFileSync(at(file), 'utf8');

beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'new-rule-'));
  for (const each of NEEDED) fs.cpSync(path.join(ROOT, each), at(each), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), at('node_modules'));
});

afterAll(() => fs.rmSync(copy, { recursive: true }));

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, encoding: 'utf8' });
  return { status, stdout, stderr, all: stdout + stderr };
}

function newRule(...args: string[]) {
  return run('npm', 'run', '--silent', 'new:rule', '--', ...args);
}

/** Runs the tests that are about the rule: its own, those of its page and of its metadata. */
function runTests() {
  const suites = [TEST, 'test/rules/pages.test.ts', 'test/rules/conformance.test.ts'];
  return run('npx', 'jest', '--ci', '--verbose', '--maxWorkers=1', '--runTestsByPath', ...suites, '--testNamePattern', `${ID}|^each rule has a|the index`);
}

function compileErrors(): string[] {
  const { config } = ts.readConfigFile(at('tsconfig.dev.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [RULE, TEST] }, ts.sys, copy);
  const program = ts.createProgram([at(RULE), at(TEST)], { ...options, noEmit: true, skipLibCheck: true });
  return [RULE, TEST].flatMap(file => {
    const source = program.getSourceFile(at(file))!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  });
}

/** What somebody who knows the rule writes into it. */
function fillIn(): void {
  const replace = (file: string, ...pairs: [string | RegExp, string][]) =>
    fs.writeFileSync(at(file), pairs.reduce((text, [from, to]) => text.replace(from, to), read(file)));
  replace(RULE,
    [/summary: .*/, 'summary: \'Queues keep the order of messages\','],
    [/rationale: .*/, 'rationale: \'Messages overtake each other.\','],
    [/remedy: .*/, 'remedy: \'Make it a FIFO queue.\','],
    [/fix: .*/, 'fix: \'new sqs.Queue(this, "Queue", { fifo: true });\','],
    [/references: .*/, 'references: [\'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html\'],'],
    [/compliance: .*/, 'compliance: { nist80053: [\'SI-10\'] },'],
    [/TODO: what is wrong: it is/, 'the queue has \\`FifoQueue\\`'],
    [/TODO/g, 'FifoQueue']);
  replace(TEST,
    [/'TODO: what it says' }\],\n {4}},\n {2}},\n {2}invalid/, '\'the queue has `FifoQueue` `${parameter Given}`, expected `true`\' }],\n    },\n  },\n  invalid'],
    [/'TODO: what it says'/, '\'the queue has `FifoQueue` `false`, expected `true`\''],
    [/'TODO: [^']*'/g, '\'a queue\''],
    [/TODO/g, 'FifoQueue']);
  run('npx', 'tsx', 'projenrc/rule-docs.ts');
  replace(PAGE,
    ['## Rejected\n', '## Rejected\n\n```ts\nnew sqs.Queue(stack, \'Queue\');\n```\n'],
    ['## Accepted\n', '## Accepted\n\n```ts\nnew sqs.Queue(stack, \'Queue\', { fifo: true });\n```\n']);
}

test('refuses what is no id of a new rule, with all that is wrong, and writes nothing', () => {
  const before = fs.readdirSync(at('src/rules/sqs'));
  for (const [args, expected] of [
    [[], ['no id was given, expected one such as `sqs/queue-encrypted`']],
    [['sqs/visibility-covers-timeout'], ['the id is `sqs/visibility-covers-timeout`, which a rule has already: choose another, ids are never used again']],
    [['Queue', 'Queue', 'extra'], [
      'the id is `Queue`, expected `<service>/<what-is-required>` in lower case, such as `sqs/queue-encrypted`',
      'the type is `Queue`, expected one of CloudFormation such as `AWS::SQS::Queue`',
      '`extra` was given too, expected an id and a type',
    ]],
  ] as const) {
    const { status, stdout, stderr } = run('npx', 'tsx', 'projenrc/new-rule.ts', ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toEqual(expected);
  }
  expect(fs.readdirSync(at('src/rules/sqs'))).toEqual(before);
});

test('writes rule, test and page, which compile and fail until they are filled in', () => {
  const { status, stdout } = newRule(ID, 'AWS::SQS::Queue');
  expect(status).toBe(0);
  for (const file of [RULE, TEST, PAGE]) {
    expect(stdout).toContain(file);
    expect(fs.existsSync(at(file))).toBe(true);
  }
  expect(read('src/rules/index.ts')).toContain(`'./${ID}'`);
  expect(compileErrors()).toEqual([]);

  const empty = runTests();
  expect(empty.status).toBe(1);
  for (const failing of ['leaves open TODO', 'finds TODO', 'shows both', 'has complete metadata', 'has nothing left to fill in']) {
    expect(empty.all).toMatch(new RegExp(`✕ .*${failing}`));
  }

  fillIn();
  expect(compileErrors()).toEqual([]);
  const filled = runTests();
  expect(filled.all).not.toContain('✕');
  expect(filled.status).toBe(0);
});
