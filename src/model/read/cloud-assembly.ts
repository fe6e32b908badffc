import * as path from 'path';
import { Acknowledgement, TemplateSource } from '../template-source';
import { isMap } from '../value';
import { ConstructMetadata } from './construct-metadata';
import { withNestedStacks } from './nested-stacks';
import { TemplateFiles } from './template-files';

/** What a cloud assembly calls itself; the layout has been the same in all versions of its schema. */
export const MANIFEST = 'manifest.json';

/** Whether the content of a file is the manifest of a cloud assembly. */
export function isManifest(content: unknown): boolean {
  return isMap(content) && isMap(content.artifacts);
}

/**
 * All stacks of a cloud assembly, those of its stages and all nested ones.
 *
 * @param folder the folder of the assembly
 * @param app tells this app from others that are read with it: names of stacks are looked up in the own app first
 */
export function readAssembly(folder: string, files: TemplateFiles, app = ''): TemplateSource[] {
  return new Assembly(folder, files, app, '').sources();
}

type Artifact = Record<string, unknown> & { readonly properties: Record<string, unknown> };

class Assembly {
  private readonly manifest: unknown;
  private readonly tree: () => unknown;
  /** Of all stacks of the app: one may lie below another in the tree, in an assembly of its own or not. */
  private readonly described: ConstructMetadata[];
  private readonly acknowledgements: () => readonly Acknowledgement[];

  constructor(private readonly folder: string, private readonly files: TemplateFiles,
    private readonly app: string, private readonly stage: string, above?: Assembly) {
    this.manifest = files.content(path.join(folder, MANIFEST));
    if (this.manifest !== undefined && !isManifest(this.manifest)) files.fault(path.join(folder, MANIFEST), 'not a manifest, expected a map of `artifacts`');
    // The tree of the whole app stands in the outermost assembly.
    this.tree = above?.tree ?? memoized(() => {
      const file = text(this.artifacts('cdk:tree')[0]?.[1].properties.file);
      return file === undefined ? undefined : files.content(path.join(folder, file));
    });
    this.described = above?.described ?? [];
    this.acknowledgements = above?.acknowledgements ?? memoized(() => this.described.flatMap(each => each.acknowledgements()));
  }

  public sources(): TemplateSource[] {
    const stacks = this.artifacts('aws:cloudformation:stack');
    this.files.expect(stacks.length);
    const described = stacks.map(([id, artifact]) => ({ id, artifact, metadata: this.metadata(artifact) }));
    const templates = this.templatesOfAssets(described.map(({ metadata }) => metadata));
    return [
      ...described.flatMap(({ id, artifact, metadata }) => this.stack(id, artifact, metadata, templates)),
      ...this.artifacts('cdk:cloud-assembly').flatMap(([id, { properties, displayName }]) => {
        const stage = text(displayName) ?? text(properties.displayName) ?? id.replace(/^assembly-/, '');
        return new Assembly(path.join(this.folder, text(properties.directoryName) ?? id), this.files, this.app, stage, this).sources();
      }),
    ];
  }

  private stack(id: string, artifact: Artifact, entries: Record<string, unknown>, templates: ReadonlyMap<string, string>): TemplateSource[] {
    const { properties } = artifact;
    const file = path.join(this.folder, text(properties.templateFile) ?? `${id}.template.json`);
    const template = this.files.named(file);
    if (!template) return [];
    const name = text(artifact.displayName) ?? id;
    const metadata = new ConstructMetadata(name, entries, lacksPaths(template, entries) ? this.tree() : undefined);
    this.described.push(metadata);
    const complete = (source: TemplateSource, stack: string): TemplateSource => ({
      ...source,
      constructPathOf: logicalId => metadata.constructPath(stack, logicalId),
      sourceOf: (logicalId, property) => metadata.place(stack, logicalId, property),
      acknowledgements: this.acknowledgements,
    });
    const top = complete({
      name: this.files.unique(name, file),
      file: this.files.nameOf(file),
      template,
      stackName: text(properties.stackName) ?? id,
      assembly: [this.app, this.stage].filter(part => part !== '').join('#'),
      ...environment(artifact.environment),
    }, name);
    return withNestedStacks(top, this.files, resource => this.locate(resource, templates), complete);
  }

  private artifacts(type: string): [string, Artifact][] {
    const artifacts = isMap(this.manifest) && isMap(this.manifest.artifacts) ? this.manifest.artifacts : {};
    return Object.entries(artifacts).flatMap(([id, artifact]) => isMap(artifact) && artifact.type === type
      ? [[id, { ...artifact, properties: isMap(artifact.properties) ? artifact.properties : {} }]] : []);
  }

  private metadata({ metadata, additionalMetadataFile }: Artifact): Record<string, unknown> {
    const file = text(additionalMetadataFile);
    const additional = file === undefined ? undefined : this.files.content(path.join(this.folder, file));
    return { ...isMap(metadata) ? metadata : {}, ...isMap(additional) ? additional : {} };
  }

  /** The files that are published as templates, by the hash in their address. */
  private templatesOfAssets(metadata: readonly Record<string, unknown>[]): Map<string, string> {
    const found = new Map<string, string>();
    const add = (name: unknown, file: unknown) => {
      const hash = typeof name === 'string' ? HASH.exec(name)?.[0] : undefined;
      if (hash && typeof file === 'string' && file.endsWith('.json')) found.set(hash, file);
    };
    for (const [, { properties }] of this.artifacts('cdk:asset-manifest')) {
      const manifest = text(properties.file) === undefined ? undefined : this.files.content(path.join(this.folder, text(properties.file)!));
      for (const [hash, asset] of Object.entries(isMap(manifest) && isMap(manifest.files) ? manifest.files : {})) {
        if (isMap(asset) && isMap(asset.source)) add(hash, asset.source.path);
      }
    }
    // Before asset manifests, assets stood in the metadata of their stack.
    for (const entry of metadata.flatMap(each => Object.values(each)).flatMap(each => Array.isArray(each) ? each : [])) {
      if (isMap(entry) && entry.type === 'aws:cdk:asset' && isMap(entry.data)) add(entry.data.sourceHash ?? entry.data.id, entry.data.path);
    }
    return found;
  }

  private locate({ Metadata, Properties }: Record<string, unknown>, templates: ReadonlyMap<string, string>): string | undefined {
    const asset = isMap(Metadata) ? text(Metadata['aws:asset:path']) : undefined;
    const hashes = isMap(Properties) ? textsIn(Properties.TemplateURL).flatMap(each => each.match(new RegExp(HASH, 'g')) ?? []) : [];
    const file = asset ?? hashes.map(hash => templates.get(hash)).find(each => each);
    return file === undefined ? undefined : path.join(this.folder, file);
  }
}

const HASH = /[0-9a-f]{64}/;

/** The texts within a small piece of a template, such as an address that is joined from parts. */
function textsIn(raw: unknown, depth = 0): string[] {
  if (typeof raw === 'string') return [raw];
  return typeof raw === 'object' && raw !== null && depth < 10 ? Object.values(raw).flatMap(each => textsIn(each, depth + 1)) : [];
}

function environment(raw: unknown): { account?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(text(raw) ?? '') ?? [];
  return { account: known(account), region: known(region) };
}

function known(part: string | undefined): string | undefined {
  return part?.startsWith('unknown-') ? undefined : part;
}

function text(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw !== '' ? raw : undefined;
}

/** Whether neither the template nor the metadata of its stack tells the construct paths of resources. */
function lacksPaths({ Resources }: Record<string, unknown>, metadata: Record<string, unknown>): boolean {
  if (Object.values(metadata).some(entries => Array.isArray(entries) && entries.some(entry => isMap(entry) && entry.type === 'aws:cdk:logicalId'))) return false;
  return Object.values(isMap(Resources) ? Resources : {}).some(resource => isMap(resource) && !(isMap(resource.Metadata) && 'aws:cdk:path' in resource.Metadata));
}

function memoized<T>(compute: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: compute() }).value;
}
