/**
 * Where the events are kept that a function failed to process.
 */
export class Failures {
  /** In one encrypted queue that all functions of the stack share. */
  public static sharedQueue(): Failures {
    return new Failures();
  }

  private constructor() {}
}
