import { execFileSync } from 'child_process';
import * as path from 'path';

// What all rules together cost beside reading the templates, beside plain synth, beside cdk-nag's six packs and the CDK's own engine,
// and how it grows. Each size is a process of its own; times are milliseconds. What the rules cost is held against reading and against synth
// twice: as the work that it is, once Node.js has compiled it, and as a synth feels it, whose first run loads and compiles all of it.
interface Figures {
  readonly units: number;
  readonly bytes: number;
  readonly synth: number;
  readonly parse: number;
  /** The first run in the process. */
  readonly first: number;
  readonly ours: number;
  readonly nag: number;
  readonly core: number;
}

const SIZES = (process.argv[2] ?? '10,100,500,2000').split(',').map(Number);
const PARSE_BOUND = 5;
const SYNTH_BOUND = 1 / 20;
const GROWTH_BOUND = 1.05;

const figures = SIZES.map((units): Figures => JSON.parse(
  execFileSync('npx', ['tsx', path.join(__dirname, 'validation-of.ts'), String(units)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })));

console.log('| units | templates, MB | synth, cpu | read and parse | all rules | to parse | to synth | first run | to synth | cdk-nag, six packs | the CDK\'s engine |');
console.log('|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
for (const each of figures) {
  console.log(`| ${each.units} | ${(each.bytes / 1e6).toFixed(2)} | ${each.synth.toFixed(0)} | ${each.parse.toFixed(1)} | ${each.ours.toFixed(1)} `
    + `| ${(each.ours / each.parse).toFixed(2)} | 1/${(each.synth / each.ours).toFixed(0)} | ${each.first.toFixed(0)} | 1/${(each.synth / each.first).toFixed(0)} `
    + `| ${(each.nag / each.first).toFixed(0)} times | ${(each.core / each.first).toFixed(0)} times |`);
}

const large = figures.filter(({ units }) => units >= 100);
const growthOf = (what: 'ours' | 'parse') => slope(large.map(each => [Math.log(each.bytes), Math.log(each[what])]));
verdict('to parse, from 100 units', Math.max(...large.map(({ ours, parse }) => ours / parse)), PARSE_BOUND);
verdict('to synth', Math.max(...figures.map(({ ours, synth }) => ours / synth)), SYNTH_BOUND);
verdict('first run to synth', Math.max(...figures.map(({ first, synth }) => first / synth)), SYNTH_BOUND);
if (large.length > 1) {
  verdict('growth, as exponent of the size of the templates', growthOf('ours'), GROWTH_BOUND);
  console.log(`growth of reading and parsing alone: ${growthOf('parse').toFixed(3)}`);
}

function verdict(what: string, measured: number, bound: number): void {
  console.log(`${what}: ${measured.toFixed(3)} (bound ${bound}): ${measured <= bound ? 'within' : 'BEYOND'}`);
}

/** The slope of the straight line through points that is nearest to all. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([each]) => each)), mean(points.map(([, each]) => each))];
  return mean(points.map(([a, b]) => (a - x) * (b - y))) / mean(points.map(([a]) => (a - x) ** 2));
}
