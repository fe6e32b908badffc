import { execFile } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { promisify } from 'util';

const run = promisify(execFile);

/** A copy of the app of one language, in a clean folder outside of the repository. */
export class App {
  private readonly log: string;

  constructor(
    /** Where the copy is. */
    public readonly folder: string,
    /** Where the packages are, a folder for each language. */
    public readonly artefacts: string,
  ) {
    this.log = `${folder}.log`;
    fs.cpSync(path.join(__dirname, path.basename(folder)), folder, { recursive: true });
  }

  /** Runs a command in the app and gives what it printed; all of it is logged. */
  public async run(command: string, ...args: string[]): Promise<string> {
    fs.appendFileSync(this.log, `\n$ ${command} ${args.join(' ')}\n`);
    // jsii says at each start of Node.js how long the version will live.
    const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' };
    const { stdout, stderr } = await run(command, args, { cwd: this.folder, env, maxBuffer: 1e9 }).catch(failed => {
      fs.appendFileSync(this.log, `${failed.stdout ?? ''}${failed.stderr ?? ''}\n`);
      throw new Error(`${command} ${args.join(' ')} failed: see ${this.log}`);
    });
    fs.appendFileSync(this.log, `${stdout}${stderr}`);
    return stdout;
  }

  /** Runs the tests. Their report says which failed: what else the command ends with says nothing more. */
  public async test(command: string, ...args: string[]): Promise<string> {
    return this.run(command, ...args).catch(() => '');
  }

  /** The end of what the commands printed. */
  public logged(): string {
    return fs.readFileSync(this.log, 'utf8').split('\n').slice(-60).join('\n');
  }

  public read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** The artefact of a language: there has to be one file with that ending. */
  public artefact(folder: string, ending: string): string {
    const files = fs.readdirSync(path.join(this.artefacts, folder)).filter(file => file.endsWith(ending));
    if (files.length !== 1) throw new Error(`expected one *${ending} in ${path.join(this.artefacts, folder)}, found ${files.length}: run \`npx projen package-all\``);
    return path.join(this.artefacts, folder, files[0]);
  }
}
