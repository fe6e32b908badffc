import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App } from './app';
import { writeExamples } from './examples';
import { EXAMPLES, FEATURES } from './features';
import { Language, LANGUAGES } from './languages';
import { Result } from './results';
import { Tried, writeTable } from './table';

/**
 * Installs what is in `dist/` into an app of each language, and runs the tests of those apps: `tsx consumers/run.ts [language...]`.
 * With all languages it also writes the table of `docs/languages.md`.
 */
const ROOT = path.join(__dirname, '..');
const AT_ONCE = 2;

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !(name in LANGUAGES));
if (unknown.length > 0) throw new Error(`there is no consumer ${unknown.join(', ')}, only ${Object.keys(LANGUAGES).join(', ')}`);

async function tryOut(name: string, language: Language, workdir: string): Promise<Tried> {
  const started = Date.now();
  const app = new App(path.join(workdir, name), path.join(ROOT, 'dist'));
  try {
    if (language.examples) writeExamples(path.join(app.folder, 'examples'), language.examples.language);
    await language.install(app);
    const cdk = await language.cdk(app);
    const results = await language.test(app);
    const faults = faultsIn(results, [...Object.keys(FEATURES), ...language.examples ? [EXAMPLES] : []]);
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`${name.padEnd(10)}  aws-cdk-lib ${cdk}  ${language.runner.padEnd(11)}  ${results.length} tests  ${faults.length === 0 ? 'ok' : 'FAILED'}  ${seconds} s`);
    if (faults.length > 0) console.log(`${faults.map(fault => `  ${fault}\n`).join('')}${app.logged()}`);
    return { name, language, cdk, results, faults };
  } catch (error) {
    console.log(`${name.padEnd(10)}  FAILED  ${(error as Error).message}\n${app.logged()}`);
    return { name, language, cdk: '', results: [], faults: [(error as Error).message] };
  }
}

/** Each language shows each feature, and nothing that the table would leave out. */
function faultsIn(results: readonly Result[], features: readonly string[]): string[] {
  const named = (name: string) => results.filter(result => result.name === name);
  return [
    ...results.filter(({ passed }) => !passed).map(({ name }) => `the test \`${name}\` failed`),
    ...features.filter(feature => named(feature).length !== 1).map(feature => `${named(feature).length} tests are named \`${feature}\`, expected one`),
    ...results.filter(({ name }) => !features.includes(name)).map(({ name }) => `the test \`${name}\` is none of features.ts`),
  ];
}

async function main(): Promise<void> {
  const workdir = fs.mkdtempSync(path.join(os.tmpdir(), 'consumers-'));
  const waiting = Object.entries(LANGUAGES).filter(([name]) => asked.length === 0 || asked.includes(name));
  const tried: Tried[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) tried.push(await tryOut(...next, workdir));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const failed = tried.filter(({ faults }) => faults.length > 0);
  if (failed.length === 0) fs.rmSync(workdir, { recursive: true, force: true });
  if (failed.length === 0 && asked.length === 0) writeTable(tried);
  const passed = tried.flatMap(({ results }) => results).filter(result => result.passed).length;
  console.log(`${passed} passed, ${tried.flatMap(({ faults }) => faults).length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

void main();
