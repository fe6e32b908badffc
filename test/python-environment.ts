import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';

const CACHE = path.join(__dirname, '..', 'node_modules', '.cache', 'python');

/** Programs from PyPI in a virtual environment of their own, made when first asked for and again when `requirements` change. */
export class PythonEnvironment {
  private readonly folder: string;

  /** @param requirements file of pinned packages, as `pip install -r` takes it */
  constructor(private readonly requirements: string) {
    const hash = createHash('sha256').update(fs.readFileSync(requirements)).digest('hex').slice(0, 16);
    this.folder = path.join(CACHE, `${path.basename(path.dirname(requirements))}-${hash}`);
  }

  /** Path of a program of the environment. */
  public program(name: string): string {
    if (!fs.existsSync(this.mark)) this.install();
    return path.join(this.folder, 'bin', name);
  }

  /** Written last: an installation that was interrupted is begun anew. */
  private get mark(): string {
    return path.join(this.folder, 'installed');
  }

  private install(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
    fs.mkdirSync(CACHE, { recursive: true });
    execFileSync('python3', ['-m', 'venv', this.folder]);
    execFileSync(path.join(this.folder, 'bin', 'python'), [
      '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', this.requirements,
    ], { stdio: ['ignore', 'inherit', 'inherit'] });
    fs.writeFileSync(this.mark, '');
  }
}
