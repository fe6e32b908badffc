import { Command } from 'commander';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';
import { ALL_RULES } from '../rules';

/** `rules`: what is checked. */
export function rulesCommand(program: Command, { out }: Terminal, end: (code: ExitCode) => void): void {
  program.command('rules')
    .description('List all rules')
    .option('--json', 'with all that is known of each, as JSON')
    .action(({ json }: { json?: boolean }) => {
      out(json ? `${JSON.stringify(ALL_RULES, undefined, 2)}\n` : table());
      end(ExitCode.CLEAN);
    });
}

function table(): string {
  const width = Math.max(...ALL_RULES.map(({ id }) => id.length));
  return ALL_RULES.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(13)}  ${summary}\n`).join('');
}
