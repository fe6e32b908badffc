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

console.log(JSON.stringify({
  units,
  bytes: files.reduce((sum, file) => sum + fs.statSync(file).size, 0),
  synth: (user + system) / 1000,
  parse: median(7, () => files.forEach(file => JSON.parse(fs.readFileSync(file, 'utf8')))),
  ours: median(7, () => ours.validate(context)),
  nag: median(1, () => packs.forEach(pack => validate(pack))),
  core: median(1, () => validate(new CloudFormationValidatePlugin())),
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

function median(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const begin = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - begin) / 1e6;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}
