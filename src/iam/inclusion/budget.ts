/**
 * How much work one question may cost. What is asked here takes exponential time in the worst case, which real policies never come near:
 * whoever finds it spent must not take what wasn't found for something that isn't there.
 */
export class Budget {
  constructor(private left = 200_000) {}

  public get isSpent(): boolean {
    return this.left <= 0;
  }

  /** Takes a step, if there is one left. */
  public spend(steps = 1): boolean {
    this.left -= steps;
    return this.left > 0;
  }

  /** Gives up on a question that would take more than it is worth. */
  public exhaust(): void {
    this.left = 0;
  }
}
