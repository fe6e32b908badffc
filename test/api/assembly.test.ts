import * as fs from 'fs';
import * as path from 'path';
import * as manifest from '../../package.json';

// What jsii compiled: run `npx projen compile` and `npx projen docgen:languages` first, as the task `test:api` does.
const ROOT = path.join(__dirname, '../..');

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly optional?: boolean;
}

interface Type extends Documented {
  readonly kind: 'class' | 'enum' | 'interface';
  readonly members?: Documented[];
  readonly methods?: Documented[];
  readonly properties?: Documented[];
}

interface Assembly {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly types: Readonly<Record<string, Type>>;
}

const assembly = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8')) as Assembly;
const types = Object.values(assembly.types);

function membersOf({ members = [], methods = [], properties = [] }: Type): Documented[] {
  return [...members, ...methods, ...properties];
}

test('the assembly is of the package', () => {
  const { name, version, license } = manifest;
  expect(assembly).toMatchObject({ name, version, license });
});

test('each exported type and each of its members is documented', () => {
  const undocumented = types.flatMap(type => [
    ...type.docs?.summary ? [] : [type.name],
    ...membersOf(type).filter(({ docs }) => !docs?.summary).map(({ name }) => `${type.name}.${name}`),
  ]);
  expect(types.length).toBeGreaterThan(0);
  expect(undocumented).toEqual([]);
});

test('each optional property says what is done without it', () => {
  const silent = types.filter(({ kind }) => kind === 'interface').flatMap(type =>
    (type.properties ?? []).filter(({ optional, docs }) => optional && !docs?.default).map(({ name }) => `${type.name}.${name}`));
  expect(silent).toEqual([]);
});

describe.each([
  ['API.md', (name: string) => name],
  ['dist/docs/API.python.md', (name: string) => name.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (word, at) => `${at > 0 ? '_' : ''}${word.toLowerCase()}`)],
  ['dist/docs/API.java.md', (name: string) => name],
  ['dist/docs/API.csharp.md', (name: string) => `${name[0].toUpperCase()}${name.slice(1)}`],
  ['dist/docs/API.go.md', (name: string) => `${name[0].toUpperCase()}${name.slice(1)}`],
])('%s', (page, spelt) => {
  const words = new Set(fs.readFileSync(path.join(ROOT, page), 'utf8').split(/[^A-Za-z0-9_]+/));

  test('has each type', () => {
    expect(types.map(({ name }) => name).filter(name => !words.has(name))).toEqual([]);
  });

  test('has each property in the spelling of the language', () => {
    const properties = types.filter(({ kind }) => kind === 'interface').flatMap(type => type.properties ?? []);
    expect(properties.map(({ name }) => spelt(name)).filter(name => !words.has(name))).toEqual([]);
  });
});
