/** What a command may read and write: a process, or a test. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person looks at the output, and at what is said meanwhile. */
  readonly colors: boolean;
  readonly interactive: boolean;
  /** How many characters fit into a line. */
  readonly width?: number;
  /** The day, as `2030-12-31`. */
  readonly today: string;
}

/** Why a command could not do what it was asked for, in the words for whoever asked. */
export class CannotRun extends Error {}
