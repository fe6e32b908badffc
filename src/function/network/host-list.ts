import { Lazy } from 'aws-cdk-lib';

/**
 * Names of hosts that functions ask for one by one, until synthesis, in whatever order the app is built.
 *
 * Rendered sorted and without duplicates, so that the order in which functions are made never changes the template.
 *
 * @internal
 */
export class HostList {
  private readonly names = new Set<string>();

  /** @param names host names; may contain tokens */
  public add(...names: string[]): void {
    for (const name of names) this.names.add(name);
  }

  public get isEmpty(): boolean {
    return this.names.size === 0;
  }

  /** The names as they stand at synthesis, for an L1 property that takes strings. */
  public asList(): string[] {
    return Lazy.uncachedList({
      produce: context => {
        // A token's text carries a number in order of creation: only what it renders to is the same in each run.
        const byRendering = new Map([...this.names].map(name => [JSON.stringify(context.resolve(name)), name]));
        return [...byRendering.keys()].sort().map(rendering => byRendering.get(rendering)!);
      },
    });
  }
}
