import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/**
 * Does what `npx projen release` does up to the package for npm, without publishing: version, changelog and tag, compiling under that version,
 * packing, and undoing the bump. It does so for the last commit, in a clone, so that whatever stands in the working copy stays. What comes out
 * is in `dist/dry-run`, and tested by `test/release`.
 *
 * Tests, and the packages of other languages, are left to `npm test` and `npm run package-all`.
 */
const ROOT = path.join(__dirname, '..');
const RESULT = path.join(ROOT, 'dist', 'dry-run');
const clone = fs.mkdtempSync(path.join(os.tmpdir(), 'release-dry-run-'));

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] });
}

try {
  run('git', 'clone', '--quiet', ROOT, '.');
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(clone, 'node_modules'));
  for (const task of ['bump', 'compile', 'package:js', 'unbump']) run('npx', 'projen', task);
  // As the release does: what it leaves behind is what was committed.
  run('git', 'diff', '--ignore-space-at-eol', '--exit-code');

  fs.rmSync(RESULT, { recursive: true, force: true });
  fs.cpSync(path.join(clone, 'dist'), RESULT, { recursive: true });
  process.stdout.write(`${fs.readFileSync(path.join(RESULT, 'changelog.md'), 'utf8')}\n${RESULT} has what would be released\n`);
} finally {
  fs.rmSync(clone, { recursive: true, force: true });
}
