/**
 * What is wrong with the props of one construct, collected so that the developer sees all of it at once.
 */
export class Faults {
  private readonly found: string[] = [];

  /** @param path construct path of the function that the props belong to */
  constructor(private readonly path: string) {}

  /**
   * @param property the prop at fault, as written in code, such as `concurrency`
   * @param given the value as the caller gave it
   * @param allowed what would have been accepted
   * @param change what to write instead
   */
  public add(property: string, given: unknown, allowed: string, change: string): void {
    this.found.push(`\`${property}\` is \`${given}\` (allowed: ${allowed}): ${change}`);
  }

  public get messages(): readonly string[] {
    return this.found;
  }

  public throwIfAny(): void {
    if (this.found.length === 0) return;
    const count = this.found.length === 1 ? '1 fault' : `${this.found.length} faults`;
    throw new Error(`${this.path} has ${count}:\n${this.found.map(fault => `  - ${fault}`).join('\n')}`);
  }
}
