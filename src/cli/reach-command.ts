import { Command } from 'commander';
import { asksAbout, theOne } from './access-question';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';
import { describePath } from '../access/descriptions/described-path';
import { nodeNamed } from '../access/graph/look-up-node';
import { reach } from '../access/graph/paths';
import { reachText } from '../report/access-text';

/** `reach`: what somebody can get at who has taken over a function. */
export function reachCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const command = program.command('reach')
    .description('List all that can be got at from a function, by its rights, by what it invokes and feeds, and by escalation')
    .argument('<function>', 'construct path or logical id of a function or role, or `internet`');
  asksAbout(command, terminal, end, ({ app }, [given]) => {
    const [node] = theOne(nodeNamed(app, given), given, 'function or role');
    const found = reach(app, node).map(describePath);
    return { data: found, text: () => reachText(found, terminal) || `Nothing can be got at from ${given}\n`, code: ExitCode.CLEAN };
  });
}
