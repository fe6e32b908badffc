import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');

/** What a package says of itself. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A package of others, of which something is packed into ours. */
export interface PackedPackage {
  /** As npm installed it. */
  readonly manifest: Manifest;
  /** What its licence says. */
  readonly license: string;
  /** Hash of the archive that npm installed it from, as `package-lock.json` has it: `sha512-` and base64. */
  readonly integrity: string;
}

/** The packages that files belong to, in the order of their folders. */
export function packagesOf(files: readonly string[]): PackedPackage[] {
  const { packages } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const folders = new Set(files.flatMap(file => /^.*(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[0] ?? []));
  return [...folders].sort().map(folder => {
    const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
    const license = fs.readdirSync(path.join(ROOT, folder)).find(each => /^licen[cs]e/i.test(each));
    if (!license) throw new Error(`${manifest.name} has no file of its licence, which has to go along with what it wrote`);
    const locked = packages[folder.slice(folder.indexOf('node_modules/'))];
    if (!locked) throw new Error(`${folder} is not in package-lock.json: run \`npm ci\``);
    return { manifest, license: fs.readFileSync(path.join(ROOT, folder, license), 'utf8').trim(), integrity: locked.integrity };
  });
}

/** The licences of what others have written of the bundles. */
export function notices(packages: readonly PackedPackage[]): string {
  return packages.map(({ manifest: { name, version, license: id }, license }) => `${name} ${version} (${id})\n\n${license}\n`)
    .join(`\n${'-'.repeat(78)}\n\n`);
}
