import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { gunzipSync } from 'zlib';
import { parse } from 'yaml';

// What a release would publish: `npm run release:dry-run`, which makes it first.

const ROOT = path.join(__dirname, '../..');
const DRY_RUN = path.join(ROOT, 'dist/dry-run');

const result = (file: string) => fs.readFileSync(path.join(DRY_RUN, file), 'utf8');
const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
const version = result('version.txt').trim();
const archive = path.join(DRY_RUN, 'js', `cdk-secure-serverless@${version}.jsii.tgz`);

jest.setTimeout(300_000);

/** What stands in the package, unpacked. */
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'released-'));
const published = (file: string) => fs.readFileSync(path.join(folder, 'package', file));
const manifest = () => JSON.parse(published('package.json').toString());

beforeAll(() => execFileSync('tar', ['-xzf', archive, '-C', folder]));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('the version', () => {
  test('is a new one, and its tag is not taken', () => {
    expect(version).toMatch(/^0\.([1-9]\d*\.\d+|\d+\.[1-9]\d*)$/);
    expect(result('releasetag.txt').trim()).toBe(`v${version}`);
    expect(git('tag', '--list').split('\n')).not.toContain(`v${version}`);
  });

  test('is the same in all that is published', () => {
    const assembly = JSON.parse(published('.jsii').toString());
    const { schema, filename, compression } = assembly;
    const jsii = schema === 'jsii/file-redirect' && compression === 'gzip' ? JSON.parse(gunzipSync(published(filename)).toString()) : assembly;
    const { name, license } = manifest();
    expect(manifest().version).toBe(version);
    expect(jsii).toMatchObject({ name, version, license });
    expect(JSON.parse(published('lib/sbom.cdx.json').toString()).metadata.component).toMatchObject({ name, version });
  });

  test('is not left behind: sources have 0.0.0', () => {
    expect(JSON.parse(git('show', 'HEAD:package.json')).version).toBe('0.0.0');
  });
});

test('the changelog says in a line each what was committed, under the version and the day of the last commit', () => {
  const [heading, empty, ...changes] = result('changelog.md').trim().split('\n');
  expect(heading).toBe(`## ${version} (${git('log', '-1', '--format=%cs')})`);
  expect(empty).toBe('');
  expect(changes[0]).toBe(`- ${git('log', '-1', '--no-merges', '--format=%s (%h)')}`);
  expect(changes.filter(line => !/^- \S.* \([0-9a-f]{7,}\)$/.test(line))).toEqual([]);
});

describe('the release after it', () => {
  const clone = path.join(folder, 'sources');
  const inClone = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: clone, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  beforeAll(() => {
    fs.mkdirSync(clone);
    inClone('git', 'clone', '--quiet', ROOT, '.');
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(clone, 'node_modules'));
    inClone('git', 'tag', `v${version}`);
  });

  test.each([
    ['is a patch', ['Say more of a fault'], 'patch'],
    ['is a minor one if something breaks', ['Ask for a reason', '-m', 'BREAKING CHANGE: a reason is required'], 'minor'],
  ])('%s, and its changelog has what is new alone', (_, message, part) => {
    inClone('git', '-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', 'commit', '--quiet', '--allow-empty', '-m', ...message);
    const hash = inClone('git', 'log', '-1', '--format=%h').trim();
    inClone('npx', 'projen', 'bump');
    const [major, minor, patch] = version.split('.').map(Number);
    const next = part === 'patch' ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
    expect(fs.readFileSync(path.join(clone, 'dist/version.txt'), 'utf8').trim()).toBe(next);
    expect(fs.readFileSync(path.join(clone, 'dist/changelog.md'), 'utf8').trim().split('\n').slice(0, 3)).toEqual([
      expect.stringContaining(`## ${next} (`), '', `- ${message[0]} (${hash})`,
    ]);
    inClone('npx', 'projen', 'unbump');
    inClone('git', 'tag', '--force', `v${version}`);
  });
});

describe('the package', () => {
  test('is made of what was committed: the licences and the bill of those packed into it go along', () => {
    expect(published('LICENSE').equals(fs.readFileSync(path.join(ROOT, 'LICENSE')))).toBe(true);
    const bill = JSON.parse(published('lib/sbom.cdx.json').toString());
    const notices = published('lib/NOTICES.txt').toString();
    expect(bill.components.length).toBeGreaterThan(5);
    for (const { name, version: packed } of bill.components) expect(notices).toContain(`${name} ${packed} (`);
  });

  test('runs where it is unpacked', () => {
    const main = path.join(folder, 'package', manifest().bin['cdk-secure-serverless']);
    expect(execFileSync(process.execPath, [main, '--version'], { encoding: 'utf8' }).trim()).toBe(version);
  });

  test('is one that npm would take', () => {
    const taken = execFileSync('npm', ['pack', archive, '--dry-run', '--json', '--ignore-scripts'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(taken)).toMatchObject([{ name: manifest().name, version }]);
  });
});

describe('the workflow that publishes it', () => {
  const { jobs } = parse(fs.readFileSync(path.join(ROOT, '.github/workflows/release.yml'), 'utf8'));
  const { permissions, steps } = jobs.release_npm;

  // npm signs where a package was built only with a token of the workflow's identity, and refuses another repository than the one it names.
  // See https://docs.npmjs.com/generating-provenance-statements
  test('lets npm state where it was built', () => {
    expect(permissions).toEqual({ 'id-token': 'write', 'contents': 'read' });
    expect(steps.find(({ id }: { id: string }) => id === 'release').env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true' });
    expect(manifest().publishConfig).toEqual({ access: 'public' });
    expect(manifest().repository).toMatchObject({ type: 'git', url: expect.stringMatching(/^https:\/\/github\.com\/.+\.git$/) });
  });

  test('publishes nothing when it is started as a dry run', () => {
    const publishing = Object.entries<any>(jobs).filter(([name]) => name.startsWith('release_'));
    expect(publishing.map(([name]) => name).sort()).toEqual(['release_github', 'release_golang', 'release_maven', 'release_npm', 'release_nuget', 'release_pypi']);
    for (const [, job] of publishing) {
      const step = job.steps.find(({ id }: { id: string }) => id === 'release');
      expect([step.env.PUBLIB_DRYRUN, step.if]).toContainEqual(expect.stringContaining('inputs.dry_run }}'));
    }
  });
});
