import { Command } from 'commander';
import { actionNamed, asksAbout, theOne } from './access-question';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';
import { describeAccess } from '../access/descriptions/described-access';
import { lookUpResource } from '../access/queries/look-up';
import { whoCan } from '../access/queries/who-can';
import { accessText } from '../report/access-text';

/** `who-can`: everybody who may do something with a resource. */
export function whoCanCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const command = program.command('who-can')
    .description('List everybody who may do something with a resource, with the statements that say so')
    .argument('<action>', 'action such as lambda:InvokeFunction')
    .argument('<resource>', 'construct path, logical id or ARN');
  asksAbout(command, terminal, end, ({ app }, [action, resource]) => {
    const [asked] = theOne(lookUpResource(app, resource), resource, 'resource');
    const found = whoCan(app, actionNamed(action), asked).map(each => describeAccess(app, each));
    return {
      data: found,
      text: () => accessText(found, terminal) || `Nobody may ${action} on ${resource} by the policies of this app\n`,
      code: ExitCode.CLEAN,
    };
  });
}
