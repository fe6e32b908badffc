/**
 * How much work one question may cost. What is asked here takes exponential time in the worst case, which real policies never come near:
 * whoever finds it spent must not take what wasn't found for something that isn't there.
 */
export class Budget {
  constructor(private steps = 200_000) {}

  /** How many steps there are left. */
  public get left(): number {
    return this.steps;
  }

  public get isSpent(): boolean {
    return this.steps <= 0;
  }

  /** Takes a step, if there is one left. */
  public spend(steps = 1): boolean {
    this.steps -= steps;
    return this.steps > 0;
  }

  /** Gives up on a question that would take more than it is worth. */
  public exhaust(): void {
    this.steps = 0;
  }
}
