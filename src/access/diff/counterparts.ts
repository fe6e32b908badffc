import { AppModel } from '../../model/app-model';
import { Multimap } from '../../model/multimap';
import { Resource } from '../../model/resource';

/**
 * Which resource of an older version of an app is which of a newer one: that at the same construct path, and where none is, that with
 * the same logical id in the same stack, which is what CloudFormation goes by. What is left may have moved to another stack of the same account
 * and region, where it keeps its logical id.
 */
export class Counterparts {
  private readonly pairs = new Map<Resource, Resource>();

  constructor(before: AppModel, after: AppModel) {
    this.pair(before.resources, after.resources, ({ type, constructPath }) => `${type} ${constructPath}`);
    this.pair(before.resources, after.resources, ({ type, id }) => `${type} ${id}`);
    this.pair(before.resources, after.resources, ({ type, logicalId, source: { account, region, assembly } }) =>
      JSON.stringify([type, logicalId, account, region, assembly]));
  }

  /** What a resource of either version is in the other; undefined if it is new, or gone. */
  public of(resource: Resource): Resource | undefined {
    return this.pairs.get(resource);
  }

  /** Those that a key names on both sides, and nothing else on either. */
  private pair(before: readonly Resource[], after: readonly Resource[], keyOf: (resource: Resource) => string): void {
    const [older, newer] = [before, after].map(all => {
      const byKey = new Multimap<string, Resource>();
      all.filter(each => !this.pairs.has(each)).forEach(each => byKey.add(keyOf(each), each));
      return byKey;
    });
    for (const key of newer.keys()) {
      const [[one, ...others], [other, ...more]] = [older.get(key), newer.get(key)];
      if (!one || others.length + more.length > 0) continue;
      this.pairs.set(one, other).set(other, one);
    }
  }
}
