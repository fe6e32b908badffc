/** Numbers that look random and are the same each time. */
export class Random {
  /** @param state From 1 to 2,147,483,646 */
  constructor(private state: number) {}

  /** Below a bound. */
  public below(bound: number): number {
    this.state = this.state * 48271 % 2147483647;
    return Math.floor(this.state / 2147483647 * bound);
  }

  public of<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  /** One value or several, none of them twice. */
  public some<T>(values: readonly T[], most: number): readonly T[] {
    return [...new Set(Array.from({ length: 1 + this.below(most) }, () => this.of(values)))];
  }

  /** Whether something that happens once in so many times does. */
  public once(times: number): boolean {
    return this.below(times) === 0;
  }
}
