import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

/**
 * Rewrites the compiled index so that each export loads its file when it is first used, as aws-cdk-lib does it:
 * an app that uses one construct doesn't pay for the others when it starts.
 */
const LIB = path.join(__dirname, '..', 'lib');
const INDEX = path.join(LIB, 'index.js');

function reexportedModules(source: string): string[] {
  const file = ts.createSourceFile('index.js', source, ts.ScriptTarget.ES2022, true);
  const modules: string[] = [];
  file.forEachChild(statement => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return;
    const [required] = statement.expression.arguments;
    if (statement.expression.expression.getText() === '__exportStar' && ts.isCallExpression(required)) {
      modules.push((required.arguments[0] as ts.StringLiteral).text);
    }
  });
  return modules;
}

const modules = reexportedModules(fs.readFileSync(INDEX, 'utf8'));
const exported = modules.flatMap(module =>
  Object.keys(require(path.join(LIB, module))).map(name => ({ name, module }))); // eslint-disable-line @typescript-eslint/no-require-imports

fs.writeFileSync(INDEX, [
  '"use strict";',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  // Assigned once in plain sight, so that ECMAScript modules can import them by name.
  ...exported.map(({ name }) => `exports.${name} = void 0;`),
  'const lazily = (name, load) => Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => load()[name] });',
  ...exported.map(({ name, module }) => `lazily("${name}", () => require("${module}"));`),
  '',
].join('\n'));
