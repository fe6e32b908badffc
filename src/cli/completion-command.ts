import { Argument, Command } from 'commander';
import { ExitCode } from './exit-code';
import { Terminal } from './terminal';
import { ALL_RULES } from '../rules';

/** `completion`: a script for a shell, made of what the program itself knows of its commands. */
export function completionCommand(program: Command, { out }: Terminal, end: (code: ExitCode) => void): void {
  program.command('completion')
    .description('Print the completion script of a shell, for its startup file')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .action((shell: string) => {
      out(SCRIPTS[shell](program));
      end(ExitCode.CLEAN);
    });
}

const SCRIPTS: Readonly<Record<string, (program: Command) => string>> = {
  bash: program => bash(program),
  zsh: program => `autoload -U +X bashcompinit && bashcompinit\n${bash(program)}`,
  fish,
};

/** What may follow the name of a command, by command. */
function words(program: Command): [string, string[]][] {
  return program.commands.map(command => [command.name(), [
    ...command.options.map(({ long }) => long!),
    ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    ...command.name() === 'explain' ? ALL_RULES.map(({ id }) => id) : [],
  ]]);
}

/** The values of options that have a fixed choice, which may be another for another command. */
function choices(program: Command): [command: string, option: string, values: readonly string[]][] {
  return program.commands.flatMap(command => command.options.flatMap(({ long, argChoices }): [string, string, readonly string[]][] =>
    argChoices ? [[command.name(), long!, argChoices]] : []));
}

function bash(program: Command): string {
  return `_cdk_secure_serverless() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} choices=""
  case "\${COMP_WORDS[1]} $before" in
${choices(program).map(([command, option, values]) => `    '${command} ${option}') COMPREPLY=($(compgen -W "${values.join(' ')}" -- "$word")); return;;`).join('\n')}
  esac
  case \${COMP_WORDS[1]} in
${words(program).map(([command, values]) => `    ${command}) choices="${values.join(' ')}";;`).join('\n')}
    *) choices="${program.commands.map(command => command.name()).join(' ')}";;
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$word") $(compgen -f -- "$word"))
}
complete -o filenames -F _cdk_secure_serverless cdk-secure-serverless
`;
}

function fish(program: Command): string {
  const name = 'complete -c cdk-secure-serverless';
  return [
    ...program.commands.map(command => `${name} -n __fish_use_subcommand -f -a ${command.name()} -d '${command.description()}'`),
    ...words(program).flatMap(([command, values]) => values.map(value => value.startsWith('--')
      ? `${name} -n '__fish_seen_subcommand_from ${command}' -l ${value.slice(2)}`
      : `${name} -n '__fish_seen_subcommand_from ${command}' -f -a ${value}`)),
    ...choices(program).map(([command, option, values]) =>
      `${name} -n '__fish_seen_subcommand_from ${command}' -l ${option.slice(2)} -f -a '${values.join(' ')}'`),
    '',
  ].join('\n');
}
