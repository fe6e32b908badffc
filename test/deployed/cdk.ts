import { execFile } from 'child_process';
import * as path from 'path';
import { promisify } from 'util';

const ROOT = path.join(__dirname, '..', '..');

/** The CDK's command line, as users run it, against the account that `environment` leads to. */
export class Cdk {
  constructor(private readonly environment: Record<string, string>) {}

  /** @param app a command, such as that of cdk.json */
  public async synth(app: string, output: string, ...context: string[]): Promise<void> {
    await this.run('synth', '--quiet', '--app', app, '--output', output, ...context.flatMap(each => ['--context', each]));
  }

  public async bootstrap(environment: string): Promise<void> {
    await this.run('bootstrap', environment);
  }

  /** @param assembly a folder that `synth` wrote */
  public async deploy(assembly: string): Promise<void> {
    await this.run('deploy', '--app', assembly, '**', '--require-approval', 'never', '--concurrency', '8');
  }

  public async destroy(assembly: string): Promise<void> {
    await this.run('destroy', '--app', assembly, '**', '--force', '--concurrency', '8');
  }

  private async run(...args: string[]): Promise<string> {
    const { PATH, HOME } = process.env;
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], {
        cwd: ROOT,
        env: { PATH, HOME, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false', ...this.environment },
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`cdk ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
    }
  }
}
