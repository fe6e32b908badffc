import * as fs from 'fs';
import * as path from 'path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IMixin } from 'constructs';
import * as ts from 'typescript';
import * as api from '../src';
import { CODE, FLAG_SETTINGS, stackWith } from './function/fixtures';

const SRC = path.join(__dirname, '../src');
const PARTS = path.join(SRC, 'function/parts');

const sourceFiles = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
const read = (file: string) => ts.createSourceFile(file, fs.readFileSync(path.join(SRC, file), 'utf8'), ts.ScriptTarget.ES2022, true);

/** Classes of the folder parts/ that are parts, by file. */
const parts = fs.readdirSync(PARTS).flatMap(file => {
  const found: { file: string; name: string }[] = [];
  read(path.join('function/parts', file)).forEachChild(node => {
    if (!ts.isClassDeclaration(node) || node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)) return;
    if (node.heritageClauses?.some(clause => /^extends \w+Part$/.test(clause.getText()))) found.push({ file, name: node.name!.text });
  });
  return found;
});

const kebab = (name: string) => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
const create = (name: string) => new (api as unknown as Record<string, new () => IMixin>)[name]();

describe('parts', () => {
  test.each(parts)('$name lives in a file of its name', ({ file, name }) => expect(file).toBe(`${kebab(name)}.ts`));

  test.each(parts)('$name is public', ({ name }) => expect(Object.keys(api)).toContain(name));

  test.each(parts)('$name is one of those that make a secure function', ({ file }) => {
    expect(fs.readFileSync(path.join(SRC, 'function/hardening.ts'), 'utf8')).toContain(`'./parts/${file.replace('.ts', '')}'`);
  });

  describe.each(FLAG_SETTINGS)('on a plain function, %s', (_, appProps) => {
    const apply = (...names: string[]) => {
      const stack = stackWith(appProps);
      const fn = new lambda.Function(stack, 'Handler', { ...CODE, environment: { TABLE: 'orders' } });
      fn.with(...names.map(create));
      return Template.fromStack(stack).toJSON();
    };

    test.each(parts)('$name works alone, without options', ({ name }) => {
      expect(Object.values<any>(apply(name).Resources).map(({ Type }) => Type)).toContain('AWS::Lambda::Function');
    });

    test.each(parts)('$name applied twice is applied once', ({ name }) => expect(apply(name, name)).toEqual(apply(name)));
  });

  test.each(parts)('$name leaves imported functions alone', ({ name }) => {
    const stack = stackWith();
    const imported = lambda.Function.fromFunctionName(stack, 'Imported', 'elsewhere');
    expect(create(name).supports(imported)).toBe(false);
    expect(create(name).supports(stack as Stack)).toBe(false);
  });
});

describe('the public API', () => {
  test('is an explicit list: nothing becomes public because it stands in a file', () => {
    const statements: string[] = [];
    read('index.ts').forEachChild(node => {
      if (ts.isExportDeclaration(node) && !node.exportClause) statements.push(node.getText());
    });
    expect(statements).toEqual([]);
  });

  test('is made of classes and enums, which all languages have', () => {
    expect(Object.keys(api).filter(name => !/^[A-Z][a-z]\w*$/.test(name))).toEqual([]);
  });
});

describe('files', () => {
  test('none is a drawer for leftovers', () => {
    expect(sourceFiles.filter(file => /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  test('constructors read as a table of contents, at most 40 lines', () => {
    const long: string[] = [];
    for (const file of sourceFiles) {
      const source = read(file);
      const visit = (node: ts.Node): void => {
        if (ts.isConstructorDeclaration(node)) {
          const lines = source.getLineAndCharacterOfPosition(node.end).line - source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
          if (lines > 40) long.push(`${file}: ${lines} lines`);
        }
        node.forEachChild(visit);
      };
      visit(source);
    }
    expect(long).toEqual([]);
  });

  test('each is small enough to be read at once', () => {
    expect(sourceFiles.filter(file => fs.readFileSync(path.join(SRC, file), 'utf8').split('\n').length > 320)).toEqual([]);
  });
});
