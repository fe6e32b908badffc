import * as fs from 'fs';
import * as path from 'path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

// What scanners read of what is packed, once the library is compiled: `npm run test:package`.

interface Component {
  readonly 'bom-ref': string;
  readonly 'group'?: string;
  readonly 'name': string;
  readonly 'version': string;
  readonly 'purl': string;
  readonly 'licenses': readonly { readonly license: { readonly id: string } }[];
  readonly 'hashes': readonly { readonly alg: string; readonly content: string }[];
}

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');
const bom = JSON.parse(read('lib/sbom.cdx.json'));
const components: readonly Component[] = bom.components;

test('fits the schema of CycloneDX', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(read('lib/sbom.cdx.json'))).toBeNull();
  expect(await validator.validate(JSON.stringify({ ...bom, components: [{ name: 'untyped' }] }))).not.toBeNull();
});

test('is about this package, under its own name, version and licence', () => {
  const { name, version, license } = JSON.parse(read('package.json'));
  const { metadata: { component } } = bom;
  expect(component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
  expect(component.licenses).toEqual([{ license: { id: license, acknowledgement: 'declared' } }]);
});

test('lists whose licences go along, with the same versions and licences', () => {
  const heads = [...read('lib/NOTICES.txt').matchAll(/^(\S+) (\d+\.\S+) \((.+)\)$/gm)].map(([, ...head]) => head);
  const listed = components.map(({ group, name, version, licenses }) =>
    [group ? `${group}/${name}` : name, version, licenses.map(({ license: { id } }) => id).join()]);
  expect(heads.length).toBeGreaterThan(5);
  expect(listed.sort()).toEqual(heads.sort());
});

test('names each by what was installed: registry name, version, and the hash of the archive', () => {
  const { packages } = JSON.parse(read('package-lock.json'));
  const locked = new Set(Object.values<{ integrity?: string }>(packages).map(({ integrity }) => integrity));
  for (const { group, name, version, purl, hashes } of components) {
    expect(purl).toBe(`pkg:npm/${group ? `${encodeURIComponent(group)}/` : ''}${name}@${version}`);
    expect(hashes.map(({ alg }) => alg)).toEqual(['SHA-512']);
    expect(locked).toContain(`sha512-${Buffer.from(hashes[0].content, 'hex').toString('base64')}`);
  }
});

test('says how each comes in', () => {
  const dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[] = bom.dependencies;
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn ?? []]));
  const reached = new Set<string>();
  const follow = (ref: string) => {
    if (reached.has(ref)) return;
    reached.add(ref);
    needs.get(ref)?.forEach(follow);
  };
  follow(bom.metadata.component['bom-ref']);
  expect([...reached].sort()).toEqual([bom.metadata.component, ...components].map(each => each['bom-ref']).sort());
});

test('is the same for the same sources: no time, no serial number', () => {
  expect([bom.serialNumber, bom.metadata.timestamp]).toEqual([undefined, undefined]);
});
