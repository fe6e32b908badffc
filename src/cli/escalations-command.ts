import { Command } from 'commander';
import { asksAbout } from './access-question';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';
import { describeEscalation } from '../access/descriptions/described-escalation';
import { escalations } from '../access/escalation/escalations';
import { escalationsText } from '../report/access-text';

/** `escalations`: who can come to more rights than it was given. */
export function escalationsCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const command = program.command('escalations')
    .description('List the ways by which roles and users come to more rights than they were given; fail if one surely works');
  asksAbout(command, terminal, end, ({ app }) => {
    const found = escalations(app).map(each => describeEscalation(app, each));
    return {
      data: found,
      text: () => escalationsText(found, terminal) || 'Nobody comes to more rights than given by the policies of this app\n',
      code: found.some(({ answer }) => answer === 'allowed') ? ExitCode.FINDINGS : ExitCode.CLEAN,
    };
  });
}
