import * as fs from 'fs';
import * as path from 'path';
import { TemplateSource } from '../template-source';
import { isMap } from '../value';
import { isManifest, MANIFEST, readAssembly } from './cloud-assembly';
import { withNestedStacks } from './nested-stacks';
import { TemplateFault } from './template-fault';
import { ioFault, ReadProgress, TemplateFiles } from './template-files';
import { TemplatePlaces } from './template-places';

/** What was read, and what couldn't be. */
export interface ReadResult {
  readonly sources: readonly TemplateSource[];
  readonly faults: readonly TemplateFault[];
}

/**
 * Reads a cloud assembly, a template of CloudFormation or SAM, or each of them in a folder and all folders below. Never throws: what
 * can't be read is a fault, and hides nothing else.
 */
export function readPath(given: string, onRead?: ReadProgress): ReadResult {
  const start = path.resolve(given);
  let isFolder: boolean;
  try {
    isFolder = fs.statSync(start).isDirectory();
  } catch (error) {
    return { sources: [], faults: [{ file: given, message: ioFault(error) }] };
  }
  const folder = isFolder ? start : path.dirname(start);
  const files = new TemplateFiles(folder, onRead);
  const sources = isFolder ? readFolder(folder, files) : readFile(start, files);
  if (sources.length === 0 && files.faults.length === 0) {
    return { sources, faults: [{ file: given, message: isFolder ? 'no template and no cloud assembly in this folder' : NOT_A_TEMPLATE }] };
  }
  return { sources, faults: files.faults };
}

const NOT_A_TEMPLATE = 'not a template, expected a map with `Resources`';

function readFile(file: string, files: TemplateFiles): TemplateSource[] {
  if (path.basename(file) === MANIFEST) return readAssembly(path.dirname(file), files);
  const template = files.named(file);
  return template && isMap(template.Resources) ? withLocalNested([[file, template]], files) : [];
}

function readFolder(folder: string, files: TemplateFiles): TemplateSource[] {
  const found = discover(folder);
  files.expect(found.templates.length);
  const assemblies = found.assemblies.flatMap(each => readAssembly(each, files, found.assemblies.length > 1 ? files.nameOf(each) : ''));
  return [...assemblies, ...withLocalNested(found.templates.flatMap(file => {
    const template = files.candidate(file);
    return template ? [[file, template]] : [];
  }), files)];
}

/** Plain templates; one that another names as its nested stack is read as that, and not once more by itself. */
function withLocalNested(templates: readonly [string, Record<string, unknown>][], files: TemplateFiles): TemplateSource[] {
  const places = new Map<string, TemplatePlaces>();
  const located = (source: TemplateSource): TemplateSource => {
    const file = path.join(files.root, source.file!);
    const known = places.get(file) ?? new TemplatePlaces(file);
    places.set(file, known);
    return { ...source, sourceOf: (logicalId, property) => known.of(logicalId, property) };
  };
  const read = templates.map(([file, template]) => {
    const source = located({ name: files.unique(files.nameOf(file), file), file: files.nameOf(file), template });
    const all = withNestedStacks(source, files, ({ Properties }, parent) =>
      isMap(Properties) ? localFile(Properties.TemplateURL, path.join(files.root, parent.file!)) : undefined, located);
    return { all, nested: all.slice(1).map(each => each.file!) };
  });
  // Templates that nest each other in a circle are nested nowhere else: the first of them stands for all.
  const nested = new Set(read.flatMap(each => each.nested));
  const covered = new Set<string>();
  const kept = [...read.filter(({ all }) => !nested.has(all[0].file!)), ...read].filter(({ all, nested: below }) => {
    if (covered.has(all[0].file!)) return false;
    [all[0].file!, ...below].forEach(file => covered.add(file));
    return true;
  });
  return kept.flatMap(({ all }) => all);
}

/** The file that an address names as `aws cloudformation package` understands it: a path beside the template. */
function localFile(address: unknown, template: string): string | undefined {
  if (typeof address !== 'string' || /^[a-z0-9]+:\/\//i.test(address)) return undefined;
  const file = path.resolve(path.dirname(template), address);
  return fs.existsSync(file) ? file : undefined;
}

interface Discovered {
  readonly assemblies: string[];
  readonly templates: string[];
}

const TEMPLATE_NAME = /\.(json|ya?ml|template)$/;

/** Folders that hold what others made, or handler code: templates in them are reached through a manifest only. */
const SKIPPED = /^(\..*|node_modules|asset\..*)$/;

/** Cloud assemblies and files that may be templates, in the order of their names. Links are not followed: they may lead in circles. */
function discover(folder: string, found: Discovered = { assemblies: [], templates: [] }): Discovered {
  if (isManifest(contentOf(path.join(folder, MANIFEST)))) {
    found.assemblies.push(folder);
    return found;
  }
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory() && !SKIPPED.test(entry.name)) discover(path.join(folder, entry.name), found);
    else if (entry.isFile() && TEMPLATE_NAME.test(entry.name)) found.templates.push(path.join(folder, entry.name));
  }
  return found;
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
