import { Resource } from '../../model/resource';
import { Value } from '../../model/value';
import { Names } from '../names/names';

/** What an element of a statement names: at least, and at most, as far as deployment decides on it. */
export interface Bounds {
  readonly least: readonly string[];
  readonly most: readonly string[];
  /** Whether the two are one. */
  readonly isSure: boolean;
}

/** The texts in an element. What depends on a condition of the template is named at most; what is not resolved may be anything. */
export function boundsOf(element: Value, from: Resource, names: Names): Bounds {
  const isChosen = element.branches.length > 1;
  const least: string[] = [];
  const most: string[] = [];
  let isSure = !isChosen;
  for (const item of element.items) {
    const isSingle = !isChosen && item.branches.length === 1;
    isSure &&= isSingle;
    for (const branch of item.branches) {
      const text = names.text(branch, from);
      if (text === undefined) continue;
      const widest = names.widest(text);
      isSure &&= widest.length === 1 && widest[0] === text;
      most.push(...widest);
      if (isSingle) least.push(text);
    }
  }
  return { least, most, isSure };
}
