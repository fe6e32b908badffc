import * as fs from 'fs';
import { baselineText, BaselineEntry, readBaseline } from './baseline';
import { Scan } from './scan';

/** The entries of a baseline file; throws a `MalformedFile` if it has faults, and as Node does if it can't be read. */
export function loadBaseline(file: string): readonly BaselineEntry[] {
  return readBaseline(fs.readFileSync(file, 'utf8'), file);
}

/** Writes what is found now to the baseline file. One that can't be understood is left as it is: nobody could tell what would be lost. */
export function updateBaseline(file: string, scan: Scan): void {
  const exists = fs.existsSync(file);
  const text = baselineText(scan, exists ? loadBaseline(file) : []);
  // Where the file is a link, what it leads to is meant.
  replaceFile(exists ? fs.realpathSync(file) : file, text);
}

/** At no time there is half a file in its place. */
function replaceFile(file: string, text: string): void {
  const written = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(written, text, { flag: 'wx' });
    fs.renameSync(written, file);
  } catch (error) {
    fs.rmSync(written, { force: true });
    throw error;
  }
}
