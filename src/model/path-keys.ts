/** Rules ask for the same few paths all the time, and texts that were cut apart anew are slow to look up. */
const KEYS = new Map<string, readonly string[]>();
const MOST_PATHS = 5000;

/** The keys of a path such as `VpcConfig.SubnetIds`. */
export function keysOf(path: string): readonly string[] {
  let keys = KEYS.get(path);
  if (!keys) {
    keys = path.split('.');
    if (KEYS.size < MOST_PATHS) KEYS.set(path, keys);
  }
  return keys;
}
