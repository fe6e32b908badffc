/**
 * The patterns of IAM, in which `*` is any text and `?` any one character. All questions about them are answered here, once.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

/** Longer ones are in no policy that IAM accepts, and would only cost time. */
export const LONGEST_PATTERN = 4096;

/** Whether a pattern matches a text. */
export function matches(pattern: string, text: string): boolean {
  return walk(pattern, text, (symbol, character) => symbol === '?' || symbol === character);
}

/**
 * Whether `wider` matches whatever `narrower` does. A yes is sure. A no may be wrong where only several symbols together make up for a
 * wildcard, as in `**?` for `?*`.
 */
export function covers(wider: string, narrower: string): boolean {
  if (wider === narrower || !hasWildcard(wider)) return wider === narrower;
  // A wildcard of the narrower pattern is a letter by itself: `*` takes any, `?` takes all but `*`.
  return walk(wider, narrower, (symbol, character) => symbol === '?' ? character !== '*' : symbol === character && character !== '?');
}

/** Whether some text matches both. */
export function overlap(one: string, other: string): boolean {
  if (!hasWildcard(one) && !hasWildcard(other)) return one === other;
  let reached = closed(new Uint8Array(other.length + 1).fill(1, 0, 1), other);
  // By code units, as the other is: a loop over a text goes by characters, of which some are two.
  for (const symbol of one.split('')) {
    const next = new Uint8Array(other.length + 1);
    for (let at = symbol === '*' ? reached.indexOf(1) : 0; at <= other.length; at++) {
      // `*` goes on from the first place it can be at to any after it.
      if (symbol === '*') next[at] = 1;
      else if (reached[at] && other[at] === '*') next[at] = 1;
      else if (reached[at] && at < other.length && (symbol === '?' || other[at] === '?' || other[at] === symbol)) next[at + 1] = 1;
    }
    reached = closed(next, other);
    if (!reached.includes(1)) return false;
  }
  return reached[other.length] === 1;
}

function hasWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/** The places in a pattern that can be reached from others without a further character. */
function closed(reached: Uint8Array, pattern: string): Uint8Array {
  for (let at = 0; at < pattern.length; at++) if (reached[at] && pattern[at] === '*') reached[at + 1] = 1;
  return reached;
}

/** Follows a pattern along a text, and steps back to the last `*` when it fails: only the last can make a difference. */
function walk(pattern: string, text: string, accepts: (symbol: string, character: string) => boolean): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let resume = 0;
  while (inText < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = inText;
    } else if (at < pattern.length && accepts(pattern[at], text[inText])) {
      at++;
      inText++;
    } else if (star >= 0) {
      at = star + 1;
      inText = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
