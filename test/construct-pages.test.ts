import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

// The pages on constructs name all that the constructs have; test/docs.test.ts runs their examples.

const ROOT = path.join(__dirname, '..');
const CONSTRUCTS = path.join(ROOT, 'docs/constructs');

const pages = fs.readdirSync(CONSTRUCTS).map(file => fs.readFileSync(path.join(CONSTRUCTS, file), 'utf8')).join('\n');
const parsed = (file: string) => ts.createSourceFile(file, fs.readFileSync(path.join(ROOT, 'src', file), 'utf8'), ts.ScriptTarget.ES2022, true);

/** What `src/index.ts` exports of the files below `src/function/`, by name. */
function exportedOfFunctions(): Map<string, ts.Statement> {
  const found = new Map<string, ts.Statement>();
  parsed('index.ts').forEachChild(statement => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) return;
    const module = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (!module.startsWith('./function/')) return;
    const names = statement.exportClause.elements.map(({ name }) => name.text);
    parsed(`${module}.ts`).forEachChild(node => {
      const isNamed = (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && node.name && names.includes(node.name.text);
      if (isNamed) found.set(node.name.text, node);
    });
  });
  return found;
}

const isStatic = (member: ts.ClassElement) => ts.isMethodDeclaration(member) && ts.canHaveModifiers(member)
  && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);

const exported = [...exportedOfFunctions()];
const classes = exported.flatMap(([name, node]) => ts.isClassDeclaration(node) ? [{ name }] : []);
const props = exported.flatMap(([owner, node]) =>
  ts.isInterfaceDeclaration(node) ? node.members.map(member => ({ owner, name: member.name!.getText() })) : []);
/** Those of options: what a caller may choose. Services of AWS are too many to show. */
const factories = exported.filter(([owner]) => owner !== 'AwsService').flatMap(([owner, node]) =>
  ts.isClassDeclaration(node) ? node.members.filter(isStatic).map(member => ({ owner, name: member.name!.getText() })) : [])
  .filter(({ name }) => !name.startsWith('_'));

test('there is something to speak of', () => {
  for (const each of [classes, props, factories]) expect(each.length).toBeGreaterThan(15);
});

test.each(classes)('$name is spoken of', ({ name }) => expect(pages).toMatch(new RegExp(`\\b${name}\\b`)));
test.each(props)('`$name` of $owner is explained', ({ name }) => expect(pages).toMatch(new RegExp(`\`${name}[\`:]`)));
test.each(factories)('$owner.$name is shown', ({ owner, name }) => expect(pages).toMatch(new RegExp(`\\b${owner}\\.${name}\\b|\`${owner}\` has [^.]*\`${name}\``)));
