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
import { CodeBlock, codeBlocks, runExample } from './example-code';
import { CODE } from './function/fixtures';
import { pluginReports, REPORTED } from './synth/fixtures';
import * as waiverSchema from '../schemas/waivers.schema.json';
import { ServerlessValidator } from '../src';
import { ExitCode } from '../src/cli/exit-code';
import { readBaseline } from '../src/validation/baseline';
import { readWaivers } from '../src/validation/waiver-file';

const ROOT = path.join(__dirname, '..');
const README = 'README.md';
const PAGES = [README, 'CONTRIBUTING.md', ...fs.readdirSync(path.join(ROOT, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)];

const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Queue: { Type: AWS::SQS::Queue }
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

/** The runs of the command line that a block shows, each as its arguments. */
function runs(code: string): string[][] {
  return [...code.matchAll(/npx cdk-secure-serverless ([^|>#\n]*)/g)].map(([, args]) =>
    [...args.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain));
}

// Blocks build on those before them: what one writes, the next may read.
describe.each(PAGES)('%s', page => {
  const before = process.cwd();
  const printed: string[] = [];
  let foundWithout: string[];

  beforeAll(() => {
    process.chdir(fs.mkdtempSync(path.join(os.tmpdir(), 'docs-')));
    fs.writeFileSync('template.yaml', TEMPLATE);
    const { app } = orders({ ...REPORTED, outdir: 'cdk.out' });
    Validations.of(app).addPlugins(new ServerlessValidator());
    foundWithout = foundIn(app);
    printed.push(printedBySynth());
  });

  afterAll(() => {
    const folder = process.cwd();
    process.chdir(before);
    fs.rmSync(folder, { recursive: true });
  });

  const blocks = codeBlocks(fs.readFileSync(path.join(ROOT, page), 'utf8'));
  const check: Readonly<Record<string, (code: string) => void>> = {
    ts: code => {
      const { app, stack, ...named } = orders(REPORTED);
      runExample(code, stack, named);
      const accepted = [...code.matchAll(/(?:acknowledge\(|: Acknowledgment = )\{ id: '([^']+)'/g)].map(([, id]) => ruleOf(id));
      if (accepted.length > 0 && !code.includes('addPlugins(')) Validations.of(app).addPlugins(new ServerlessValidator());
      const found = foundIn(app);
      if (code.includes('baselineFile')) expect(found).toEqual([]);
      for (const rule of accepted) {
        expect(foundWithout).toContain(rule);
        expect(found).not.toContain(rule);
      }
    },
    sh: code => runs(code).forEach(args => {
      const { code: ended, out, err } = commandLine(...args);
      expect(err).toBe('');
      expect([ExitCode.CLEAN, ExitCode.FINDINGS]).toContain(ended);
      printed.push(out);
    }),
    yaml: code => {
      if (!/^version:/m.test(code)) {
        expect(parse(code)).toBeInstanceOf(Object);
        expect(runs(code)).not.toEqual([]);
        check.sh(code);
        return;
      }
      expect(readWaivers(code, 'waivers.yaml').faults).toEqual([]);
      expect(fitsWaiverSchema(parse(code))).toBe(true);
      fs.writeFileSync('waivers.yaml', code);
    },
    json: code => {
      const written = readBaseline(fs.readFileSync('baseline.json', 'utf8'), 'baseline.json');
      for (const entry of readBaseline(code, page)) expect(written).toContainEqual(entry);
    },
    // What is shown was printed; apart from places in code, which depend on whose code it is.
    text: code => {
      const lines = printed.join('\n').split('\n').map(line => line.trim());
      const shown = code.split('\n').map(line => line.replace(/\S+\.ts:\d+:\d+/, '').trim()).filter(line => line !== '' && line !== '...');
      expect(shown.filter(line => !lines.includes(line))).toEqual([]);
    },
    mermaid: code => check.text(code),
  };

  // Of the README, what makes functions is compiled by rosetta instead, with the types of all languages. Other commands than ours are npm's.
  const isChecked = ({ language, code }: CodeBlock) => {
    if (language === 'ts') return page !== README || code.includes('Validations.of(');
    return language === 'sh' ? runs(code).length > 0 : language in check;
  };
  const checked = blocks.filter(isChecked);
  if (checked.length > 0) {
    test.each(checked.map(({ language, code }, index) => ({ language, code, index })))('block $index, $language, is right', ({ language, code }) => check[language](code));
  }
  test('has blocks of known languages alone', () => {
    expect(blocks.map(({ language }) => language).filter(language => language !== '' && !(language in check))).toEqual([]);
  });
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
