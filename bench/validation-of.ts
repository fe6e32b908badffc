import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, CloudFormationValidatePlugin, IPolicyValidationContext, IPolicyValidationPlugin, Stack } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks as NagServerlessChecks,
} from 'cdk-nag';
import { appOf } from './serverless-units';
// As users have it: compiled.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { ServerlessValidator } = require('../lib') as typeof import('../src');

// Figures of one app, as a process of its own: `tsx validation-of.ts <units>`. Prints milliseconds as JSON.
process.env.CDK_VALIDATION = 'false';
const units = Number(process.argv[2]);

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'validation-'));
const app = appOf(units, { outdir });
const start = process.cpuUsage();
app.synth();
const { user, system } = process.cpuUsage(start);

const context = contextOf(app);
const files = context.stackTemplates.map(({ templatePath }) => templatePath);
const ours = new ServerlessValidator();
const packs = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, NagServerlessChecks]
  .map(Pack => new Pack(app));

// Both in turn, until Node.js has compiled what they run: what the first run takes longer depends on the code, not on the templates.
const rounds = Array.from({ length: units > 500 ? 10 : units > 100 ? 20 : 60 }, () => ({
  parse: milliseconds(() => files.map(file => JSON.parse(fs.readFileSync(file, 'utf8')))),
  ours: milliseconds(() => ours.validate(context)),
}));
const settled = rounds.slice(rounds.length / 2);

console.log(JSON.stringify({
  units,
  bytes: files.reduce((sum, file) => sum + fs.statSync(file).size, 0),
  synth: (user + system) / 1000,
  parse: median(settled.map(({ parse }) => parse)),
  first: rounds[0].ours,
  ours: median(settled.map(round => round.ours)),
  nag: milliseconds(() => packs.forEach(pack => validate(pack))),
  core: milliseconds(() => validate(new CloudFormationValidatePlugin())),
}));
fs.rmSync(outdir, { recursive: true });

function validate(plugin: IPolicyValidationPlugin): void {
  plugin.validate(context);
}

/** What the CDK gives to a plugin. */
function contextOf(root: App): IPolicyValidationContext {
  const stackTemplates = root.node.findAll().filter(Stack.isStack).map(stack => ({
    stackConstructPath: stack.node.path,
    templatePath: path.join(outdir, stack.templateFile),
    account: undefined,
    accountId: undefined,
    region: undefined,
  }));
  return { appConstruct: root, stackTemplates, templatePaths: stackTemplates.map(({ templatePath }) => templatePath) };
}

function milliseconds(work: () => unknown): number {
  const begin = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
