import { Command, CommanderError } from 'commander';
import { canCommand } from './can-command';
import { completionCommand } from './completion-command';
import { diffCommand } from './diff-command';
import { escalationsCommand } from './escalations-command';
import { ExitCode } from './exit-code';
import { explainCommand } from './explain-command';
import { graphCommand } from './graph-command';
import { reachCommand } from './reach-command';
import { rulesCommand } from './rules-command';
import { scanCommand } from './scan-command';
import { Terminal } from './terminal';
import { whoCanCommand } from './who-can-command';

/** A command, and how it ends. */
export type AddCommand = (program: Command, terminal: Terminal, end: (code: ExitCode) => void) => void;

const COMMANDS: readonly AddCommand[] = [
  scanCommand,
  whoCanCommand, canCommand, reachCommand, escalationsCommand, diffCommand, graphCommand,
  explainCommand, rulesCommand, completionCommand,
];

/** Runs the command line; never throws. */
export function run(args: readonly string[], terminal: Terminal): ExitCode {
  let code = ExitCode.CLEAN;
  try {
    programFor(terminal, ended => { code = ended; }).parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof Error && error.name === CommanderError.name) {
      return (error as CommanderError).exitCode === 0 ? ExitCode.CLEAN : ExitCode.COULD_NOT_RUN;
    }
    terminal.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return ExitCode.COULD_NOT_RUN;
  }
  return code;
}

function programFor(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('cdk-secure-serverless')
    .description('Finds what is insecure in serverless apps: in CloudFormation and SAM templates and in what the CDK synthesizes. Offline, without credentials.')
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .version((require('../../package.json') as { version: string }).version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what there is)')
    .helpCommand('help [command]', 'Show what a command does')
    .addHelpText('after', EXAMPLES);
  COMMANDS.forEach(add => add(program, terminal, end));
  return program;
}

const EXAMPLES = `
Exit codes: 0 nothing that fails, 1 findings that fail, 2 could not run or could not read all of it.

Examples:
  cdk synth && cdk-secure-serverless scan cdk.out
  cdk-secure-serverless scan template.yaml --fail-on medium
  cdk-secure-serverless scan cdk.out --output findings.sarif --output findings.html
  cdk-secure-serverless scan cdk.out --baseline baseline.json --update-baseline
  cdk-secure-serverless who-can lambda:InvokeFunction Orders/Handler
  cdk-secure-serverless can Orders/Handler dynamodb:DeleteTable Orders/Table --expect denied
  cdk-secure-serverless diff cdk.out.main cdk.out --fail-on new-access
  cdk-secure-serverless graph cdk.out --format mermaid --focus Orders/Handler
  cdk-secure-serverless explain lambda/url-authenticated`;
