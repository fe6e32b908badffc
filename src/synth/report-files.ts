import * as fs from 'fs';
import * as path from 'path';
import { formatOfFile, FORMATS } from '../report/formats';
import { Scan } from '../validation/scan';

/** Reports that wait for the end of the process, by file. */
const WAITING = new Map<string, string>();

/** What is wrong with the names of reports, whose extensions say which format they have. */
export function reportFaults(files: readonly string[]): string[] {
  const extensions = Object.values(FORMATS).map(({ extension }) => `\`${extension}\``).join(', ');
  return files.filter(file => !formatOfFile(file)).map(file => `\`reports\` has \`${file}\`, expected an extension of ${extensions}`);
}

/** Writes reports of a scan, relative to the folder of the assembly. */
export function writeReports(scan: Scan, files: readonly string[], assembly: string): void {
  for (const file of files) write(path.resolve(assembly, file), formatOfFile(file)!.render(scan, { root: process.cwd(), undecided: true }), assembly);
}

/**
 * The CDK refuses plugins that change a file which was in the assembly before they ran, such as the report of an earlier synth into
 * the same folder. That one is replaced when the process ends, and `cdk` waits for it.
 */
function write(file: string, text: string, assembly: string): void {
  const isNew = !fs.existsSync(file) || path.relative(assembly, file).startsWith('..');
  if (isNew) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  } else if (WAITING.has(file) || fs.readFileSync(file, 'utf8') !== text) {
    if (WAITING.size === 0) process.once('exit', writeWaiting);
    WAITING.set(file, text);
  }
}

function writeWaiting(): void {
  for (const [file, text] of WAITING) {
    if (fs.existsSync(path.dirname(file))) fs.writeFileSync(file, text);
  }
}
