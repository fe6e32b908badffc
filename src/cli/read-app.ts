import { progressOf } from './progress';
import { Terminal } from './terminal';
import { AppModel } from '../model/app-model';
import { Organization } from '../model/organization';
import { readPath, ReadResult } from '../model/read/read-path';
import { shownPlace } from '../validation/located-document';

/** An app as far as it could be read. */
export interface ReadApp {
  readonly app: AppModel;
  /** Whether all of it could be: what is not found in the rest of it says nothing. */
  readonly isWhole: boolean;
}

/** Reads templates under the policies of an organization, with progress for whoever looks at it, and says what can't be read; undefined if nothing can. */
export function readApp(given: string, terminal: Terminal, organization: Organization): ReadApp | undefined {
  const { sources, faults } = readSources(given, terminal);
  return sources.length === 0 ? undefined : { app: AppModel.of(sources, organization), isWhole: faults.length === 0 };
}

export function readSources(given: string, terminal: Terminal): ReadResult {
  const progress = progressOf(terminal);
  try {
    const read = readPath(given, progress.read);
    read.faults.forEach(({ message, ...place }) => terminal.err(`${shownPlace(place)}: ${message}\n`));
    return read;
  } finally {
    progress.end();
  }
}
