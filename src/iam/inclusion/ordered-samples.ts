import { outcomeIf, Sample } from './outcome';

/** A test of what has an order, given by the values at which its answer may change. */
export interface OrderedTest {
  readonly bounds: readonly number[];
  readonly holds: (value: number) => boolean;
}

/** A number of each class that the tests tell apart. */
export function numberSamples(tests: readonly OrderedTest[]): readonly Sample[] {
  return samples(tests, String, (low, high) => Math.floor(low) + 1 < high ? Math.floor(low) + 1 : (low + high) / 2);
}

/** A date of each class that the tests tell apart, to the millisecond, which is as far as dates go. */
export function dateSamples(tests: readonly OrderedTest[]): readonly Sample[] {
  return samples(tests, date => new Date(date).toISOString(), low => low + 1);
}

function samples(
  tests: readonly OrderedTest[],
  written: (value: number) => string,
  between: (low: number, high: number) => number,
): readonly Sample[] {
  const bounds = [...new Set(tests.flatMap(test => test.bounds))].sort((one, other) => one - other);
  const values = bounds.length === 0 ? [0] : [bounds[0] - 1, ...bounds.flatMap((low, at) => {
    const high = bounds[at + 1] ?? Infinity;
    const middle = between(low, high);
    return middle > low && middle < high ? [low, middle] : [low];
  })];
  return values.map(value => ({ text: written(value), outcomes: tests.map(({ holds }) => outcomeIf(holds(value))) }));
}
