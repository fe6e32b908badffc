import { execFileSync } from 'child_process';
import { commandLine } from './command-line';
import { ExitCode } from '../../src/cli/exit-code';
import { ALL_RULES } from '../../src/rules';

describe('the command line', () => {
  test('shows what there is', () => {
    const { code, out } = commandLine('--help');
    expect(code).toBe(ExitCode.CLEAN);
    for (const command of ['scan', 'who-can', 'can', 'reach', 'escalations', 'explain', 'rules', 'completion']) expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    expect(out).toContain('Exit codes: 0');
  });

  test.each([[['scn'], 'scan'], [['scan'], 'path'], [['scan', '--formt', 'x'], '--format'], [[], 'Usage']])('ends with 2 on %j', (args, message) => {
    const { code, err } = commandLine(...args);
    expect(code).toBe(ExitCode.COULD_NOT_RUN);
    expect(err).toContain(message);
  });

  test('lists all rules, and all that is known of them as JSON', () => {
    expect(commandLine('rules').out.split('\n').slice(0, -1).map(line => line.split(' ')[0])).toEqual(ALL_RULES.map(({ id }) => id));
    expect(JSON.parse(commandLine('rules', '--json').out).map(({ id }: { id: string }) => id)).toEqual(ALL_RULES.map(({ id }) => id));
  });

  test.each(ALL_RULES)('explains $id', rule => {
    const { code, out } = commandLine('explain', rule.id);
    expect(code).toBe(ExitCode.CLEAN);
    for (const text of [rule.rationale, rule.remedy, ...rule.references]) expect(out).toContain(text);
  });

  test('explains what the engine says of itself', () => expect(commandLine('explain', 'engine/waiver-unused').code).toBe(ExitCode.CLEAN));

  test('knows what was meant', () => {
    expect(commandLine('explain', 'lambda/url-authentcated')).toMatchObject({
      code: ExitCode.COULD_NOT_RUN, out: '', err: expect.stringContaining('`lambda/url-authenticated`'),
    });
  });
});

describe('completion', () => {
  /** What bash offers after a line, by the script that it was given. */
  function offered(...words: string[]): string[] {
    const script = `${commandLine('completion', 'bash').out}
COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _cdk_secure_serverless; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8', cwd: '/' }).split('\n').filter(Boolean);
  }

  test('offers commands', () => expect(offered('cdk-secure-serverless', 'sc')).toEqual(['scan']));
  test('offers options of the command', () => expect(offered('cdk-secure-serverless', 'scan', '--base')).toEqual(['--baseline']));
  test('offers the values of an option', () => expect(offered('cdk-secure-serverless', 'scan', '--fail-on', 'm')).toEqual(['medium']));
  test('offers rules to explain', () => expect(offered('cdk-secure-serverless', 'explain', 'lambda/url-a')).toEqual(['lambda/url-authenticated']));
  test('offers files to scan', () => expect(offered('cdk-secure-serverless', 'scan', '/et')).toEqual(['/etc']));

  test.each(['zsh', 'fish'])('has a script for %s', shell => {
    expect(commandLine('completion', shell)).toMatchObject({ code: ExitCode.CLEAN, out: expect.stringContaining('visibility-covers-timeout') });
  });
});
