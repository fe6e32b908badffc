import { readSources } from './read-app';
import { Terminal } from './terminal';
import { AppModel } from '../model/app-model';
import { TemplateSource } from '../model/template-source';

/** Two versions of an app, as far as they could be read. */
export interface ReadVersions {
  readonly before: AppModel;
  readonly after: AppModel;
  readonly isWhole: boolean;
}

/** Reads both, and says what can't be read; undefined if there is nothing to compare. */
export function readVersions(older: string, newer: string, terminal: Terminal): ReadVersions | undefined {
  const [before, after] = [readSources(older, terminal), readSources(newer, terminal)];
  if (before.sources.length === 0 || after.sources.length === 0) return undefined;
  return {
    before: AppModel.of(namedAlike(before.sources, after.sources)),
    after: AppModel.of(after.sources),
    isWhole: before.faults.length + after.faults.length === 0,
  };
}

/** One template is compared with another, whatever their files are called: both have the name of the newer. */
function namedAlike(before: readonly TemplateSource[], after: readonly TemplateSource[]): readonly TemplateSource[] {
  const [[older, ...others], [newer, ...more]] = [before, after].map(all =>
    all.filter(({ nestedIn, assembly }) => !nestedIn && assembly === undefined));
  if (!older || !newer || others.length + more.length > 0) return before;
  const renamed = new Map<TemplateSource, TemplateSource>();
  const rename = (source: TemplateSource): TemplateSource => {
    const isBelow = source.name === older.name || source.name.startsWith(`${older.name}/`);
    const known = renamed.get(source) ?? {
      ...source,
      name: isBelow ? newer.name + source.name.slice(older.name.length) : source.name,
      ...source.nestedIn ? { nestedIn: { ...source.nestedIn, source: rename(source.nestedIn.source) } } : {},
    };
    renamed.set(source, known);
    return known;
  };
  return before.map(rename);
}
