/** Several values by key, in the order in which they were added. */
export class Multimap<K, V> {
  private readonly values = new Map<K, V[]>();

  public add(key: K, value: V): void {
    const others = this.values.get(key);
    if (others) others.push(value);
    else this.values.set(key, [value]);
  }

  public get(key: K): readonly V[] {
    return this.values.get(key) ?? [];
  }

  public has(key: K): boolean {
    return this.values.has(key);
  }

  public keys(): Iterable<K> {
    return this.values.keys();
  }
}
