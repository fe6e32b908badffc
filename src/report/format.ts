import { Scan } from '../validation/scan';

/** A way to write down a scan. */
export interface Format {
  readonly description: string;
  /** How the names of its files end, with the dot. */
  readonly extension: string;
  readonly render: Renderer;
}

/** Makes a report of a scan, and nothing else: what becomes of the text is the business of the caller. */
export type Renderer = (scan: Scan, options?: RenderOptions) => string;

/** What a report depends on beside the scan. */
export interface RenderOptions {
  /** Whether the text goes to a terminal that shows colours; other formats have none. */
  readonly colors?: boolean;
  /** How many characters fit into a line of text. */
  readonly width?: number;
  /** The folder that files are shown relative to, so that those who read the report elsewhere find them: the root of the repository. */
  readonly root?: string;
  /** Whether findings that only deployment can decide are listed. JSON and CSV always have them. */
  readonly undecided?: boolean;
}
