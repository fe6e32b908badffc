import { Command, Option } from 'commander';
import { ExitCode } from './exit-code';
import { readVersions } from './read-versions';
import { Terminal } from './terminal';
import { AccessDiff } from '../access/diff/access-change';
import { accessDiff } from '../access/diff/access-diff';
import { ACCESS_DIFF_FORMATS } from '../report/access-diff-formats';

interface DiffOptions {
  readonly format: string;
  readonly failOn?: string;
}

/** What fails, by name. */
const FAILURES: Readonly<Record<string, (diff: AccessDiff) => boolean>> = {
  'new-access': ({ changes }) => changes.some(({ isSure }) => isSure),
  'possible-access': ({ changes }) => changes.length > 0,
  'new-escalation': ({ changes }) => changes.some(({ isSure, kind }) => isSure && kind === 'escalation'),
  'new-attack-path': ({ changes }) => changes.some(({ isSure, kind }) => isSure && kind === 'attack path'),
  'new-public-access': ({ changes }) => changes.some(({ isSure, kind }) => isSure && kind === 'public'),
};

/** `diff`: what access a version of an app gives that an older one did not. */
export function diffCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  program.command('diff')
    .description('Say what access a new version of an app gives that the old one did not, with a request that shows it')
    .argument('<old>', 'folder of a cloud assembly, JSON or YAML template, or a folder of these, as it was')
    .argument('<new>', 'the same, as it is now')
    .addOption(new Option('-f, --format <format>', 'what is written to the terminal').choices(Object.keys(ACCESS_DIFF_FORMATS)).default('text'))
    .addOption(new Option('--fail-on <access>', 'fail on access that is surely new, on such of one kind, or also on what may be new as deployment decides').choices(Object.keys(FAILURES)))
    .action((older: string, newer: string, options: DiffOptions) => end(runDiff(older, newer, options, terminal)));
}

function runDiff(older: string, newer: string, { format, failOn }: DiffOptions, terminal: Terminal): ExitCode {
  const read = readVersions(older, newer, terminal);
  if (!read) return ExitCode.COULD_NOT_RUN;
  const found = accessDiff(read.before, read.after);
  terminal.out(ACCESS_DIFF_FORMATS[format](found, terminal));
  if (!read.isWhole) return ExitCode.COULD_NOT_RUN;
  return failOn !== undefined && FAILURES[failOn](found) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}
