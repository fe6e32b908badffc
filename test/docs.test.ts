import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { App, AppProps, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { parse } from 'yaml';
import { commandLine } from './cli/command-line';
import { codeBlocks, runExample } from './example-code';
import { CODE } from './function/fixtures';
import { pluginReports, REPORTED } from './synth/fixtures';
import * as waiverSchema from '../schemas/waivers.schema.json';
import { ServerlessValidator } from '../src';
import { ExitCode } from '../src/cli/exit-code';
import { readBaseline } from '../src/validation/baseline';
import { readWaivers } from '../src/validation/waiver-file';

const ROOT = path.join(__dirname, '..');
const README = 'README.md';
const ARCHITECTURE = 'docs/architecture.md';

/** All pages, apart from those on rules, whose examples `test/rules/pages.test.ts` runs, and the decisions. */
const ALL_DOCS = fs.readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md')).map(file => `docs/${file}`).sort();
const PAGES = [README, 'CONTRIBUTING.md', 'SECURITY.md', ...ALL_DOCS.filter(file => !/^docs\/(decisions|rules\/.+)\//.test(file))];

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Queue: { Type: AWS::SQS::Queue }
`;

/** The versions of a template that the page on differences compares. */
const versionOf = (actions: string) => `${TEMPLATE}  Orders: { Type: AWS::SQS::Queue }
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: Send
          PolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Action: ${actions}, Resource: !GetAtt Orders.Arn } }
`;

const ajv = new Ajv({ strict: true, strictRequired: false });
addFormats(ajv);
const fitsWaiverSchema = ajv.compile(waiverSchema);

/** The app that all pages speak of: a queue whose messages reappear too soon, and a function that everybody may run. */
function orders(props?: AppProps) {
  const app = new App(props);
  const stack = new Stack(app, 'Orders');
  const queue = new sqs.Queue(stack, 'Queue');
  const fn = new lambda.Function(stack, 'Handler', { ...CODE, timeout: Duration.seconds(20) });
  fn.addEventSource(new SqsEventSource(queue));
  fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
  return { app, stack, queue, fn };
}

/** For pages on constructs, which say what is made, as far as their examples don't name anything of the other. */
function empty(props?: AppProps) {
  const app = new App(props);
  return { app, stack: new Stack(app, 'Orders') };
}

/** What the CDK prints of the app when the validator fails it. */
function printedBySynth(): string {
  const { app } = orders();
  Validations.of(app).addPlugins(new ServerlessValidator());
  const written: string[] = [];
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation(text => written.push(String(text)) > 0);
  const error = jest.spyOn(console, 'error').mockImplementation(text => { written.push(String(text)); });
  const { exitCode } = process;
  try {
    app.synth();
  } catch (thrown) {
    written.push(String(thrown));
  } finally {
    process.exitCode = exitCode;
    stderr.mockRestore();
    error.mockRestore();
  }
  return written.join('\n');
}

/** The rules of which the CDK's report has violations. */
function foundIn(app: App): string[] {
  return pluginReports(app).flatMap(({ violations }) => violations).map(({ ruleName }) => ruleOf(ruleName));
}

/** The id of a rule, whichever plugin or pack stands before it. */
function ruleOf(written: string): string {
  return written.replace(/^[\w-]+::/, '').replace(/^SecureServerless-/, '');
}

/** How many resources of each type an app has, as pages show it: `AWS::SQS::Queue 2`, by type. */
function resourceTypes(app: App): Map<string, number> {
  const count = new Map<string, number>();
  for (const { template } of app.synth().stacksRecursively) {
    for (const { Type } of Object.values<{ Type: string }>(template.Resources ?? {})) count.set(Type, (count.get(Type) ?? 0) + 1);
  }
  return count;
}

/** What an app has that another one hasn't. */
function addedTypes(app: App, before: App): string[] {
  const had = resourceTypes(before);
  const added = [...resourceTypes(app)].map(([type, count]): [string, number] => [type, count - (had.get(type) ?? 0)]);
  return added.filter(([, count]) => count > 0).map(([type, count]) => `${type} ${count}`).sort();
}

/** What else than our command line pages tell people to run: what is here, and the CDK. */
function isKnownCommand(line: string): boolean {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const [, script] = /^(?:npm run|npx projen)(?: --silent)? ([\w:-]+)/.exec(line) ?? [];
  const [, file] = /^npx tsx (\S+)/.exec(line) ?? [];
  if (file) return fs.existsSync(path.join(ROOT, file));
  return script ? script in scripts : /^(npm (ci|test|install)|npx cdk (synth|deploy|diff)|\.ci\/run)\b/.test(line);
}

/** The commands of a block other than those of our command line. */
function otherCommands(code: string): string[] {
  return code.split(/\n|&&/).map(line => line.replace(/#.*/, '').trim()).filter(line => line !== '' && runs(line).length === 0);
}

/** The runs of the command line that a block shows, each as its arguments. */
function runs(code: string): string[][] {
  return [...code.matchAll(/npx cdk-secure-serverless ([^|>#\n]*)/g)].map(([, args]) =>
    [...args.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain));
}

// Blocks build on those before them: what one writes, the next may read.
describe.each(PAGES)('%s', page => {
  const before = process.cwd();
  const printed: string[] = [];
  let added: string[] = [];
  let foundWithout: string[];

  beforeAll(() => {
    process.chdir(fs.mkdtempSync(path.join(os.tmpdir(), 'docs-')));
    fs.writeFileSync('template.yaml', TEMPLATE);
    fs.writeFileSync('before.yaml', versionOf('sqs:SendMessage'));
    fs.writeFileSync('after.yaml', versionOf('[sqs:SendMessage, sqs:PurgeQueue]'));
    const { app } = orders({ ...REPORTED, outdir: 'cdk.out' });
    Validations.of(app).addPlugins(new ServerlessValidator());
    foundWithout = foundIn(app);
    fs.cpSync('cdk.out', 'cdk.out.main', { recursive: true });
    printed.push(printedBySynth());
  });

  afterAll(() => {
    const folder = process.cwd();
    process.chdir(before);
    fs.rmSync(folder, { recursive: true });
  });

  function run(args: readonly string[]): void {
    const { code: ended, out, err } = commandLine(...args);
    expect(err).toBe('');
    expect([ExitCode.CLEAN, ExitCode.FINDINGS]).toContain(ended);
    printed.push(out);
  }

  const blocks = codeBlocks(fs.readFileSync(path.join(ROOT, page), 'utf8'));
  const check: Readonly<Record<string, (code: string) => void>> = {
    ts: code => {
      const start = page.startsWith('docs/constructs/') && !/\b(fn|queue)\b/.test(code) ? empty : orders;
      const { app, stack, ...named } = start(REPORTED);
      const error = jest.spyOn(console, 'error');
      runExample(code, stack, named);
      // What a page shows as a whole app has no findings, which would be printed.
      expect(error).not.toHaveBeenCalled();
      error.mockRestore();
      const accepted = [...code.matchAll(/(?:acknowledge\(|: Acknowledgment = )\{ id: '([^']+)'/g)].map(([, id]) => ruleOf(id));
      if (accepted.length > 0 && !code.includes('addPlugins(')) Validations.of(app).addPlugins(new ServerlessValidator());
      const found = foundIn(app);
      added = addedTypes(app, start(REPORTED).app);
      // What a page has its own plugin find is there.
      expect(found).toEqual(expect.arrayContaining([...code.matchAll(/ruleName: '([^']+)'/g)].map(([, rule]) => rule)));
      if (code.includes('baselineFile')) expect(found).toEqual([]);
      for (const rule of accepted) {
        expect(foundWithout).toContain(rule);
        expect(found).not.toContain(rule);
      }
    },
    sh: code => {
      expect(otherCommands(code).filter(line => !isKnownCommand(line))).toEqual([]);
      runs(code).forEach(run);
    },
    // A pipeline of Jenkins: what its steps run.
    groovy: code => {
      const steps = [...code.matchAll(/\bsh '([^']+)'/g)].map(([, step]) => step);
      expect(steps.flatMap(runs)).not.toEqual([]);
      steps.forEach(step => check.sh(step));
    },
    yaml: code => {
      if (!/^version:/m.test(code)) {
        expect(parse(code)).toBeInstanceOf(Object);
        expect(runs(code)).not.toEqual([]);
        runs(code).forEach(run);
        return;
      }
      expect(readWaivers(code, 'waivers.yaml').faults).toEqual([]);
      expect(fitsWaiverSchema(parse(code))).toBe(true);
      fs.writeFileSync('waivers.yaml', code);
    },
    json: code => {
      // A policy of the organization that commands after it are given.
      if (code.includes('"Statement"')) return fs.writeFileSync('scp.json', code);
      const written = readBaseline(fs.readFileSync('baseline.json', 'utf8'), 'baseline.json');
      for (const entry of readBaseline(code, page)) expect(written).toContainEqual(entry);
    },
    // What is shown was printed; apart from places in code, which depend on whose code it is.
    text: code => {
      if (/^AWS::\S+ \d+$/m.test(code)) return expect(code.trim().split('\n')).toEqual(added);
      const lines = printed.join('\n').split('\n').map(line => line.trim());
      const shown = code.split('\n').map(line => line.replace(/\S+\.ts:\d+:\d+/, '').trim()).filter(line => line !== '' && line !== '...');
      expect(shown.filter(line => !lines.includes(line))).toEqual([]);
    },
    mermaid: code => check.text(code),
  };

  // Of the README, what makes functions is compiled by rosetta instead, with the types of all languages.
  const checked = blocks.filter(({ language, code }) => language in check && (page !== README || language !== 'ts' || code.includes('Validations.of(')));
  if (checked.length > 0) {
    test.each(checked.map(({ language, code }, index) => ({ language, code, index })))('block $index, $language, is right', ({ language, code }) => check[language](code));
  }
  test('has no blocks that nothing runs, apart from the drawings of the architecture', () => {
    const unknown = blocks.map(({ language }) => language).filter(language => !(language in check));
    expect(unknown.filter(language => page !== ARCHITECTURE || language !== '')).toEqual([]);
  });
});

describe('the index of all pages', () => {
  const linksOf = (page: string) => [...fs.readFileSync(path.join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
    .map(([, target]) => path.posix.join(path.posix.dirname(page), target));

  test('leads to each of them, over the pages that it names', () => {
    const reached = new Set<string>();
    const follow = (page: string) => {
      if (reached.has(page) || !page.startsWith('docs/')) return;
      reached.add(page);
      // A link to a folder is one to all that is in it.
      if (!page.endsWith('.md')) ALL_DOCS.filter(file => path.posix.dirname(file) === path.posix.normalize(`${page}/.`)).forEach(follow);
      else linksOf(page).forEach(follow);
    };
    follow('docs/README.md');
    expect(ALL_DOCS.filter(page => !reached.has(page))).toEqual([]);
  });

  test('is named by the README', () => expect(linksOf(README)).toContain('docs/README.md'));
});

describe('what pages name is there', () => {
  const decisions = fs.readdirSync(path.join(ROOT, 'docs/decisions'));

  test.each([...PAGES, ...decisions.map(file => `docs/decisions/${file}`)])('%s', page => {
    const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => path.resolve(ROOT, path.dirname(page), target));
    const files = [...text.matchAll(/`((?:src|test|docs|bench|projenrc|schemas|examples)\/[\w./-]*[\w/])`/g)].map(([, file]) => path.join(ROOT, file));
    expect([...links, ...files].filter(file => !fs.existsSync(file))).toEqual([]);
  });

  test('decisions are numbered, each a page under a sentence', () => {
    expect(decisions.map(file => file.slice(0, 5))).toEqual(decisions.map((_, index) => `${String(index + 1).padStart(4, '0')}-`));
    for (const file of decisions) expect(fs.readFileSync(path.join(ROOT, 'docs/decisions', file), 'utf8')).toMatch(/^# [^\n]+[^.\n]\n\n(?!#)[^#]+$/);
  });
});
