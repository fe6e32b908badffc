import * as fs from 'fs';
import * as path from 'path';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import parseLicense from 'spdx-expression-parse';
import { PackedPackage } from './packed-packages';

const ROOT = path.join(__dirname, '..');

const { Builders, Factories, Utils } = Contrib.FromNodePackageJson;
const licenses = new Contrib.License.Factories.LicenseFactory(parseLicense);
const components = new Builders.ComponentBuilder(new Factories.ExternalReferenceFactory(), licenses);

/**
 * The bill of materials of the package, in CycloneDX: itself, and the packages that are packed into it. What users install beside it, the
 * CDK, is in their own bill.
 *
 * It has neither a time nor a serial number, so that the same sources give the same package.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(packages: readonly PackedPackage[]): string {
  const bom = new Models.Bom();
  const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const itself = component(manifest);
  bom.metadata.component = itself;
  bom.metadata.lifecycles.add(Enums.LifecyclePhase.Build);

  // A package may be there in two versions.
  const all = packages.map(each => ({ manifest: each.manifest, made: packed(each) }));
  const among = (names: readonly string[]) => all.filter(each => names.includes(each.manifest.name)).map(({ made }) => made);
  for (const each of all) for (const needed of among(Object.keys(each.manifest.dependencies ?? {}))) each.made.dependencies.add(needed.bomRef);
  // What is packed is needed to build alone, so it stands among the development dependencies.
  for (const needed of among(Object.keys(manifest.devDependencies))) itself.dependencies.add(needed.bomRef);
  for (const { made } of all) bom.components.add(made);

  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function component(manifest: object): Models.Component {
  const made = components.makeComponent(manifest as never, Enums.ComponentType.Library);
  if (!made) throw new Error(`a manifest without a name: ${JSON.stringify(manifest)}`);
  const purl = new PackageURL('npm', made.group, made.name, made.version).toString();
  made.purl = purl;
  made.bomRef.value = purl;
  // npm's short form of a repository, such as `chalk/ansi-regex`, is no address to anybody else.
  for (const reference of made.externalReferences) if (!URL.canParse(String(reference.url))) made.externalReferences.delete(reference);
  for (const license of made.licenses) license.acknowledgement = Enums.LicenseAcknowledgement.Declared;
  return made;
}

function packed({ manifest, integrity }: PackedPackage): Models.Component {
  const made = component(manifest);
  made.scope = Enums.ComponentScope.Required;
  made.hashes.set(...Utils.parsePackageIntegrity(integrity));
  return made;
}
