import * as fs from 'fs';
import * as path from 'path';
import { brotliDecompressSync } from 'zlib';

const TABLES = path.join(__dirname, '../../../assets/iam');

/** A table that comes with the library, read when something of it is first asked for, and parsed as far as it is. */
export class Table<T> {
  private readonly parsed = new Map<string, T>();
  private read?: ReadonlyMap<string, string>;

  constructor(private readonly name: string) {}

  /** The day on which what it says was so. */
  public get date(): string {
    return JSON.parse(this.lines.get('')!).date;
  }

  public get names(): readonly string[] {
    return [...this.lines.keys()].filter(Boolean);
  }

  public entry(name: string): T | undefined {
    const known = this.parsed.get(name);
    if (known) return known;
    const line = name === '' ? undefined : this.lines.get(name);
    if (line === undefined) return undefined;
    const entry = JSON.parse(line) as T;
    this.parsed.set(name, entry);
    return entry;
  }

  /** By name; the first line, which says what the table is, by none. */
  private get lines(): ReadonlyMap<string, string> {
    const text = () => brotliDecompressSync(fs.readFileSync(path.join(TABLES, `${this.name}.br`))).toString('utf8');
    this.read ??= new Map(text().split('\n').map(line => {
      const tab = line.indexOf('\t');
      return [line.slice(0, Math.max(tab, 0)), line.slice(tab + 1)];
    }));
    return this.read;
  }
}
