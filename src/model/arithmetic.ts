import { Value } from './value';
import { agreed, Verdict, verdict } from './verdict';

/** What `compute` makes of numbers, for each choice of their branches; unknown where one of them is, or is no number. */
export function calculated(values: readonly Value[], compute: (...numbers: number[]) => number): Value {
  if (values.every(({ kind }) => kind === 'known')) {
    const numbers = values.map(({ number }) => number);
    if (!numbers.includes(undefined)) return Value.known(compute(...numbers as number[]));
  }
  let choices: { readonly numbers: readonly number[]; readonly unknown?: Value }[] = [{ numbers: [] }];
  for (const value of values) {
    choices = choices.flatMap(({ numbers, unknown }) => value.branches.map(branch => branch.number === undefined
      ? { numbers, unknown: unknown ?? branch }
      : { numbers: [...numbers, branch.number], unknown }));
  }
  const why = values.find(value => value.kind === 'either')?.why ?? '';
  return Value.either(choices.map(({ numbers, unknown }) =>
    unknown ? Value.unknown(unknown.why ?? String(unknown)) : Value.known(compute(...numbers))), why);
}

/** Whether a number is no greater than a limit, whatever each turns out to be. */
export function atMost(value: Value, limit: Value): Verdict {
  if (value.number !== undefined && limit.number !== undefined) return verdict(value.number <= limit.number);
  return agreed(value.branches.flatMap(one => limit.branches.map(other =>
    one.number === undefined || other.number === undefined ? 'unknown' : verdict(one.number <= other.number))));
}
