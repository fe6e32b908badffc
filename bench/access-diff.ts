import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { appOf } from './serverless-units';
import { accessDiff } from '../src/access/diff/access-diff';
import { AppModel } from '../src/model/app-model';
import { readPath } from '../src/model/read/read-path';

// What it costs to compare the access of two assemblies of a large app, beside reading and parsing both: where nothing changed, and where one
// function was granted more. Of twice as many units it may cost a little more than twice as much: nothing is square.
process.env.CDK_VALIDATION = 'false';
const UNITS = Number(process.argv[2] ?? 500);
const RATIO_BOUND = 6;
const GROWTH_BOUND = 3;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-diff-'));
console.log('| units | change | read and parsed, ms | compared, ms | ratio |');
console.log('|---:|---|---:|---:|---:|');
const whole = measured(UNITS);
const half = measured(UNITS / 2);
verdict('comparing, to reading and parsing both', Math.max(...whole.map(({ ratio }) => ratio)), RATIO_BOUND);
verdict(`${UNITS} units to ${UNITS / 2}`, Math.max(...whole.map(({ compared }, at) => compared / half[at].compared)), GROWTH_BOUND);
fs.rmSync(folder, { recursive: true });

interface Measured {
  readonly compared: number;
  readonly ratio: number;
}

function measured(units: number): readonly Measured[] {
  const before = assembly(units, () => {});
  const widened = assembly(units, app => {
    const { node } = app.node.findChild('Units0');
    const [fn, table] = [node.findChild('Function0') as lambda.Function, node.findChild('Table0') as dynamodb.TableV2];
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:DeleteTable'], resources: [table.tableArn] }));
  });
  return ([['none', before, 0], ['one grant', widened, 1]] as const).map(([change, after, expected]) => {
    const read = median(5, () => [before, after].map(each => readPath(each)));
    const sources = [before, after].map(each => readPath(each).sources);
    // Models are new each time: what they remember is part of the work.
    const compared = median(5, () => {
      const [older, newer] = sources.map(each => AppModel.of(each));
      const { changes } = accessDiff(older, newer);
      if (changes.length !== expected) throw new Error(`${changes.length} changes, expected ${expected}`);
    });
    console.log(`| ${units} | ${change} | ${read.toFixed(0)} | ${compared.toFixed(0)} | ${(compared / read).toFixed(2)} |`);
    return { compared, ratio: compared / read };
  });
}

function assembly(units: number, change: (app: App) => void): string {
  const outdir = fs.mkdtempSync(path.join(folder, 'cdk.out.'));
  const app = appOf(units, { outdir });
  change(app);
  app.synth();
  return outdir;
}

function verdict(what: string, value: number, bound: number): void {
  console.log(`${what}: ${value.toFixed(2)} (bound ${bound}): ${value <= bound ? 'within' : 'BEYOND'}`);
}

function timed(work: () => void): number {
  const begin = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(runs: number, work: () => void): number {
  return Array.from({ length: runs }, () => timed(work)).sort((a, b) => a - b)[Math.floor(runs / 2)];
}
