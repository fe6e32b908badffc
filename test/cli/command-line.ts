import { ExitCode } from '../../src/cli/exit-code';
import { run } from '../../src/cli/program';

/** How a run of the command line ended, and what it wrote. */
export interface Ended {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a shell would, on a fixed day and without a terminal. */
export function commandLine(...args: string[]): Ended {
  const written = { out: '', err: '' };
  const code = run(args, {
    out: text => { written.out += text; },
    err: text => { written.err += text; },
    colors: false,
    interactive: false,
    today: '2030-06-15',
  });
  return { code, ...written };
}
