import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SecureDefaults, SecureFunction, SecureNetwork } from '../src';

// How long it takes to construct and synthesize 200 functions, secure and plain, in turn in one process.
const FUNCTIONS = 200;
const PER_STACK = 20;
const RUNS = 7;
const BOUND = 2.5;

const PROPS: lambda.FunctionProps = {
  code: lambda.Code.fromInline('exports.handler = async () => {}'),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_22_X,
};

type Create = (stack: Stack, id: string) => void;

function milliseconds(prepare: (app: App) => void, create: Create): number {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const start = process.hrtime.bigint();
  const app = new App({ outdir, builtinCloudFormationValidation: false } as object);
  prepare(app);
  for (let first = 0; first < FUNCTIONS; first += PER_STACK) {
    const stack = new Stack(app, `Stack${first}`);
    for (let n = first; n < first + PER_STACK; n++) create(stack, `Function${n}`);
  }
  app.synth();
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  fs.rmSync(outdir, { recursive: true });
  return elapsed;
}

const secure = () => milliseconds(
  app => SecureDefaults.set(app, { network: new SecureNetwork(new Stack(app, 'Network'), 'Network') }),
  (stack, id) => new SecureFunction(stack, id, PROPS),
);
const plain = () => milliseconds(() => {}, (stack, id) => new lambda.Function(stack, id, PROPS));

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

process.env.CDK_VALIDATION = 'false';
plain();
secure();
const pairs = Array.from({ length: RUNS }, () => ({ plain: plain(), secure: secure() }));
const ratio = median(pairs.map(pair => pair.secure / pair.plain));
console.log(`${FUNCTIONS} lambda.Function   median ${median(pairs.map(pair => pair.plain)).toFixed(0)} ms`);
console.log(`${FUNCTIONS} SecureFunction    median ${median(pairs.map(pair => pair.secure)).toFixed(0)} ms`);
console.log(`ratio, median of ${RUNS} pairs: ${ratio.toFixed(2)} (bound ${BOUND}): ${ratio <= BOUND ? 'within' : 'BEYOND'}`);
