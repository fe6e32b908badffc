import { Command, Option } from 'commander';
import { actionNamed, asksAbout, QuestionOptions, theOne } from './access-question';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';
import { describeAccess } from '../access/descriptions/described-access';
import { lookUpPrincipal, lookUpResource } from '../access/queries/look-up';
import { access } from '../access/queries/question';
import { accessText } from '../report/access-text';

interface CanOptions extends QuestionOptions {
  readonly expect?: string;
}

/** `can`: whether one principal may do something with a resource. */
export function canCommand(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const command = program.command('can')
    .description('Say whether a function, role, user, service or account may do something with a resource, and why')
    .argument('<principal>', 'construct path, logical id, ARN, service such as s3.amazonaws.com, account id, or * for everybody')
    .argument('<action>', 'action such as dynamodb:GetItem')
    .argument('<resource>', 'construct path, logical id or ARN')
    .addOption(new Option('--expect <answer>', 'fail unless this is the answer').choices(['allowed', 'denied']));
  asksAbout<CanOptions>(command, terminal, end, ({ app }, [principal, action, resource], { expect }) => {
    const [asked] = theOne(lookUpResource(app, resource), resource, 'resource');
    const askers = theOne(lookUpPrincipal(app, principal), principal, 'role, user or function');
    const found = askers.map(each => describeAccess(app, access(app, each, actionNamed(action), asked)));
    const isExpected = expect === undefined || found.every(({ answer }) => answer === expect);
    return { data: found, text: () => accessText(found, terminal), code: isExpected ? ExitCode.CLEAN : ExitCode.FINDINGS };
  });
}
