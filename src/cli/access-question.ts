import { Command, Option } from 'commander';
import { ExitCode } from './exit-code';
import { organizationIn, OrganizationOptions, withOrganization } from './organization-options';
import { readApp, ReadApp } from './read-app';
import { CannotRun, Terminal } from './terminal';
import { Found } from '../access/queries/look-up';
import { nearest } from '../validation/nearest';

/** What all questions about access have in common. */
export interface QuestionOptions extends OrganizationOptions {
  readonly app: string;
  readonly format: string;
}

/** An answer: as data, in words, and how the command ends. */
export interface QuestionAnswer {
  readonly data: unknown;
  readonly text: () => string;
  readonly code: ExitCode;
}

/** Answers a question from what its arguments name. */
type Answering<O> = (read: ReadApp, given: readonly string[], options: O) => QuestionAnswer;

/** Gives a command the options of a question, and answers it. */
export function asksAbout<O extends QuestionOptions>(
  command: Command, terminal: Terminal, end: (code: ExitCode) => void, answer: Answering<O>,
): void {
  command
    .option('-a, --app <path>', 'folder of a cloud assembly, JSON or YAML template, or a folder of these', 'cdk.out')
    .addOption(new Option('-f, --format <format>', 'what is written to the terminal').choices(['text', 'json']).default('text'));
  withOrganization(command)
    .action((...parameters: unknown[]) => {
      const [options, given] = [parameters[command.registeredArguments.length] as O, parameters.slice(0, command.registeredArguments.length)];
      const read = readApp(options.app, terminal, organizationIn(options));
      if (!read) return end(ExitCode.COULD_NOT_RUN);
      const { data, text, code } = answer(read, given as string[], options);
      terminal.out(options.format === 'json' ? `${JSON.stringify(data, undefined, 2)}\n` : text());
      return end(read.isWhole ? code : ExitCode.COULD_NOT_RUN);
    });
}

/** The one thing that somebody names, or why it is not clear which. */
export function theOne<T>({ meant, candidates }: Found<T>, given: string, what: string): readonly T[] {
  if (meant.length > 0) return meant;
  const exact = candidates.filter(each => each === given || each.startsWith(`${given}/`) || each.endsWith(`/${given}`));
  if (exact.length > 1) throw new CannotRun(`\`${given}\` may be any of these, name one by its path:\n${exact.map(each => `  ${each}`).join('\n')}`);
  const near = nearest(given, [...candidates]);
  throw new CannotRun(`there is no ${what} \`${given}\` in the app, expected a construct path, a logical id or an ARN${near ? `; do you mean \`${near}\`?` : ''}`);
}

/** An action such as `s3:GetObject`. */
export function actionNamed(given: string): string {
  if (/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(given)) return given;
  throw new CannotRun(`\`${given}\` is no action, expected one such as \`lambda:InvokeFunction\`, without wildcards`);
}
