import * as fs from 'fs';
import * as path from 'path';
import { Command, Option } from 'commander';
import { ExitCode } from './exit-code';
import { readSources } from './read-app';
import { repeated } from './repeated';
import { ruleOptions } from './rule-option';
import { CannotRun, Terminal } from './terminal';
import { AppModel } from '../model/app-model';
import { Format, FORMATS, formatOfFile, RenderOptions } from '../report/formats';
import { joined, readValidationReport } from '../report/validation-report';
import { applyAcknowledgements } from '../validation/acknowledgements';
import { applyBaseline } from '../validation/baseline';
import { loadBaseline, updateBaseline } from '../validation/baseline-file';
import { Policy } from '../validation/policy';
import { FailOn, Profile } from '../validation/profile';
import { scan, Scan } from '../validation/scan';
import { isDate } from '../validation/waiver';
import { readWaivers } from '../validation/waiver-file';
import { applyWaivers } from '../validation/waivers';

/** What a person can ask of `scan`. */
interface ScanOptions {
  readonly format?: string;
  readonly output?: readonly string[];
  readonly profile?: Profile;
  readonly failOn?: FailOn;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly set?: readonly string[];
  readonly waivers?: string;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly cdkReport?: string;
  readonly undecided?: boolean;
  readonly today: string;
}

/** `scan`: reads, judges, reports, and fails where the policy says so. */
export function scanCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program.command('scan')
    .description('Check a cloud assembly (cdk.out), a template, or all that is in a folder')
    .argument('<path>', 'folder of a cloud assembly, JSON or YAML template, or a folder of these')
    .addOption(new Option('-f, --format <format>', 'what is written to the terminal').choices(Object.keys(FORMATS)).default('text'))
    .option('-o, --output <file>', 'also write a report to this file, in the format of its extension; can be repeated', repeated)
    .addOption(new Option('-p, --profile <profile>', 'how much is reported, and what fails').choices(Object.values(Profile)))
    .addOption(new Option('--fail-on <severity>', 'least severity that fails').choices(Object.values(FailOn)))
    .option('--only <rules...>', 'ids or globs of the rules that run')
    .option('--skip <rules...>', 'ids or globs of rules that do not run')
    .option('--set <rule:option=value>', 'option of a rule, as its page names it; can be repeated', repeated)
    .option('--waivers <file>', 'YAML or JSON file of decisions that findings are to stay')
    .option('--baseline <file>', 'what it lists does not fail, only what is new')
    .option('--update-baseline', 'write what is found now to the baseline')
    .option('--cdk-report <file>', 'validation-report.json of the CDK: also report what its engine and cdk-nag found')
    .option('--undecided', 'also report what only deployment can decide')
    .option('--today <date>', 'the day on which waivers are looked at', terminal.today)
    .action((given: string, options: ScanOptions) => end(runScan(given, options, terminal)));
}

function runScan(given: string, options: ScanOptions, terminal: Terminal): ExitCode {
  const policy = policyOf(options);
  const files = filesOf(options);
  const read = readSources(given, terminal);
  if (read.sources.length === 0) return ExitCode.COULD_NOT_RUN;

  const found = scan(AppModel.of(read.sources), policy.rules, policy.frameworkSeverity);
  const accepted = applyAcknowledgements(found, read.sources);
  const decided = baselined(waived(withForeign(accepted, options), options), options);
  write(decided, files, { undecided: policy.reportsUndecided }, options, terminal);

  if (read.faults.length > 0) return ExitCode.COULD_NOT_RUN;
  return decided.findings.some(finding => finding.status === 'open' && policy.fails(finding)) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function policyOf({ profile, failOn, only, skip, set, undecided, today, baseline, updateBaseline: update }: ScanOptions): Policy {
  const { rules, faults } = ruleOptions(set ?? []);
  const policy = new Policy({ profile, failOn, only, skip, rules, reportUndecided: undecided });
  const all = [
    ...faults,
    ...policy.faults,
    ...isDate(today) ? [] : [`--today is \`${today}\`, expected a date such as \`2030-12-31\``],
    ...update && !baseline ? ['--update-baseline needs the file to write, by --baseline'] : [],
  ];
  if (all.length > 0) throw new CannotRun(all.join('\n'));
  return policy;
}

function withForeign(found: Scan, { cdkReport }: ScanOptions): Scan {
  return cdkReport ? joined(found, readValidationReport(text(cdkReport, '--cdk-report'), cdkReport)) : found;
}

function waived(found: Scan, { waivers, today }: ScanOptions): Scan {
  return waivers ? applyWaivers(found, readWaivers(text(waivers, '--waivers'), waivers), today) : found;
}

function baselined(found: Scan, { baseline, updateBaseline: update }: ScanOptions): Scan {
  if (!baseline) return found;
  if (update) updateBaseline(baseline, found);
  else text(baseline, '--baseline');
  return applyBaseline(found, loadBaseline(baseline));
}

/** The reports to write, asked for before anything is read or written. */
function filesOf({ output = [] }: ScanOptions): readonly (readonly [file: string, format: Format])[] {
  const files = output.map(file => [file, formatOfFile(file)] as const);
  const unknown = files.filter(([, format]) => !format).map(([file]) => `--output has \`${file}\`, expected an extension of ${extensions()}`);
  if (unknown.length > 0) throw new CannotRun(unknown.join('\n'));
  return files as [string, Format][];
}

/** Reports to files, then one to the terminal. */
function write(
  found: Scan, files: ReturnType<typeof filesOf>, common: RenderOptions, { format }: ScanOptions, { out, colors, width }: Terminal,
): void {
  for (const [file, { render }] of files) {
    fs.mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    fs.writeFileSync(file, render(found, { ...common, root: process.cwd() }));
  }
  out(FORMATS[format!].render(found, { ...common, colors, width }));
}

function extensions(): string {
  return Object.values(FORMATS).map(({ extension }) => `\`${extension}\``).join(', ');
}

function text(file: string, option: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    throw new CannotRun(`${option} names \`${file}\`, which can not be read`);
  }
}
