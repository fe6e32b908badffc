import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

/**
 * Rewrites the compiled index so that each export loads its file when it is first used, as aws-cdk-lib does it:
 * an app that uses one construct doesn't pay for the others when it starts.
 */
const ROOT = path.join(__dirname, '..');
const INDEX = path.join(ROOT, 'lib', 'index.js');

interface Export {
  readonly name: string;
  readonly module: string;
}

/** What `src/index.ts` exports that is there at run time. */
function exportsOf(source: string): Export[] {
  const exported: Export[] = [];
  ts.createSourceFile('index.ts', source, ts.ScriptTarget.ES2022, true).forEachChild(statement => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) return;
    const module = (statement.moduleSpecifier as ts.StringLiteral).text;
    exported.push(...statement.exportClause.elements.filter(element => !element.isTypeOnly).map(({ name }) => ({ name: name.text, module })));
  });
  return exported;
}

const exported = exportsOf(fs.readFileSync(path.join(ROOT, 'src', 'index.ts'), 'utf8'));

fs.writeFileSync(INDEX, [
  '"use strict";',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  // Assigned once in plain sight, so that ECMAScript modules can import them by name.
  ...exported.map(({ name }) => `exports.${name} = void 0;`),
  'const lazily = (name, load) => Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => load()[name] });',
  ...exported.map(({ name, module }) => `lazily("${name}", () => require("${module}"));`),
  '',
].join('\n'));
