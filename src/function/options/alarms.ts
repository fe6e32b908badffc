/**
 * Which alarms watch a function.
 */
export class Alarms {
  /** Alarms of its own for each function. */
  public static perFunction(): Alarms {
    return new Alarms();
  }

  private constructor() {}
}
