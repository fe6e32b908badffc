import { htmlReport } from './html/page';
import { Scan } from '../validation/scan';

/** A way to write down a scan. */
export interface Format {
  readonly description: string;
  /** How the names of its files end, with the dot. */
  readonly extension: string;
  readonly render: (scan: Scan, options?: RenderOptions) => string;
}

export interface RenderOptions {
  /** Whether the text goes to a terminal that shows colours; other formats have none. */
  readonly colors?: boolean;
}

/** All formats by name. Each is a pure function of the scan. */
export const FORMATS: Readonly<Record<string, Format>> = {
  html: { description: 'one self-contained page', extension: '.html', render: htmlReport },
};

/** The format that the name of a file asks for: the one with the longest extension that it ends with. */
export function formatOfFile(file: string): Format | undefined {
  return Object.values(FORMATS)
    .filter(({ extension }) => file.toLowerCase().endsWith(extension))
    .sort((a, b) => b.extension.length - a.extension.length)[0];
}
