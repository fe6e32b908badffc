/**
 * The answer to a question about a template: `unknown` is neither yes nor no, and whoever reads it as one of them is
 * wrong about somebody's app.
 */
export type Verdict = 'yes' | 'no' | 'unknown';

export function verdict(answer: boolean): Verdict {
  return answer ? 'yes' : 'no';
}

export function not(answer: Verdict): Verdict {
  if (answer === 'unknown') return 'unknown';
  return answer === 'yes' ? 'no' : 'yes';
}

/** Yes when all are; no when any is no, whatever the others; the empty conjunction is yes. */
export function all(answers: Iterable<Verdict>): Verdict {
  let result: Verdict = 'yes';
  for (const answer of answers) {
    if (answer === 'no') return 'no';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}

/** Yes when one is, whatever the others; no when all are no, or there are none. */
export function any(answers: Iterable<Verdict>): Verdict {
  let result: Verdict = 'no';
  for (const answer of answers) {
    if (answer === 'yes') return 'yes';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}

/** Yes when `test` says so of one of `items`, whatever it says of the others; no when it says no of all, or there are none. */
export function anyIn<T>(items: readonly T[], test: (item: T) => Verdict): Verdict {
  let result: Verdict = 'no';
  for (let index = 0; index < items.length; index++) {
    const answer = test(items[index]);
    if (answer === 'yes') return 'yes';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}

/** What all agree on: `unknown` as soon as two differ. */
export function agreed(answers: readonly Verdict[]): Verdict {
  const [first = 'unknown'] = answers;
  for (const answer of answers) if (answer !== first) return 'unknown';
  return first;
}
