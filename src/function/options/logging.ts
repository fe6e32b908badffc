/**
 * How a function logs.
 */
export class Logging {
  /** Structured logs at level INFO in a log group of the function's own, encrypted and kept for a year. */
  public static json(): Logging {
    return new Logging();
  }

  private constructor() {}
}
