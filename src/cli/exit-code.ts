/** What a run tells the shell. */
export enum ExitCode {
  CLEAN = 0,
  /** There are findings that fail. */
  FINDINGS = 1,
  /** Something that was asked for could not be done or read: what was not found says nothing. */
  COULD_NOT_RUN = 2,
}
