import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { ALL_RULES } from '../../src/rules';

const SRC = path.join(__dirname, '../../src/rules');

/** The names of all files below a folder's folders, as `service/name`. */
function names(root: string, suffix: string): string[] {
  return fs.readdirSync(root, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => fs.readdirSync(path.join(root, name)).map(file => `${name}/${file}`))
    .map(file => file.endsWith(suffix) ? file.slice(0, -suffix.length) : `${file}: not a rule`)
    .sort();
}

const ids = ALL_RULES.map(rule => rule.id);

describe('each rule', () => {
  test('has a file of its name', () => expect(names(SRC, '.ts')).toEqual(ids));
  test('has a test', () => expect(names(__dirname, '.test.ts')).toEqual(ids));
  test('has a page', () => expect(names(path.join(__dirname, '../../docs/rules'), '.md')).toEqual(ids));

  test.each(ALL_RULES)('$id has complete metadata', rule => {
    expect(rule.id).toMatch(/^[a-z0-9]+\/[a-z0-9]+(-[a-z0-9]+)+$/);
    for (const text of [rule.rationale, rule.remedy]) expect(text).toMatch(/^[A-Z`].*\.$/s);
    expect(rule.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.fix).not.toBe('');
    expect(rule.references).not.toEqual([]);
    for (const reference of rule.references) expect(reference).toMatch(/^https:\/\/(docs|aws)\.(aws\.)?amazon\.com\//);
    expect(Object.values(rule.compliance).flat()).not.toEqual([]);
    for (const option of Object.values(rule.options ?? {})) expect(option.description).toMatch(/^[A-Z].*[^.]$/);
  });

  test.each(ids)('%s can be read at once: at most 45 lines', id => {
    const source = ts.createSourceFile(id, fs.readFileSync(path.join(SRC, `${id}.ts`), 'utf8'), ts.ScriptTarget.ES2022, true);
    const definitions = source.statements.filter(statement =>
      ts.isVariableStatement(statement) && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
    expect(definitions).toHaveLength(1);
    expect(definitions[0].getText().split('\n').length).toBeLessThanOrEqual(45);
  });

  test.each(ids)('%s has nothing left to fill in', id => {
    const files = [path.join(SRC, `${id}.ts`), path.join(__dirname, `${id}.test.ts`), path.join(__dirname, '../../docs/rules', `${id}.md`)];
    expect(files.filter(file => fs.readFileSync(file, 'utf8').includes('TODO'))).toEqual([]);
  });

  test.each(ids)('%s knows no other rule', id => {
    expect(fs.readFileSync(path.join(SRC, `${id}.ts`), 'utf8')).not.toMatch(/from '\.\/|from '\.\.\/(?!define-rule|severity|\.\.\/)/);
  });
});

test('what a SecureFunction acknowledges are rules', () => {
  const folder = path.join(SRC, '../function');
  const acknowledged = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).flatMap(file =>
    [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/'(?:cdk-secure-serverless::)?((?:lambda|ec2|sqs)\/[a-z-]+)'/g)].map(([, id]) => id));
  expect(acknowledged.length).toBeGreaterThan(10);
  expect(acknowledged.filter(id => !ids.includes(id))).toEqual([]);
});

test('the index lists rules by id', () => expect(ids).toEqual([...ids].sort()));
