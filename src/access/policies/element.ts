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

/**
 * The texts in an element. What depends on a condition of the template is named at most; what is not resolved may be anything.
 *
 * @param canonical the form that is the same for what means the same
 */
export function boundsOf(element: Value, from: Resource, names: Names, canonical = (text: string) => text): Bounds {
  const isChosen = element.branches.length > 1;
  const least: string[] = [];
  const most: string[] = [];
  let isSure = !isChosen;
  for (const item of element.items) {
    const isSingle = !isChosen && item.branches.length === 1;
    isSure &&= isSingle;
    for (const branch of item.branches) {
      const written = names.text(branch, from);
      if (written === undefined) continue;
      const text = canonical(written);
      const widest = names.widest(text);
      isSure &&= widest === text;
      most.push(widest);
      if (isSingle) least.push(text);
    }
  }
  return { least, most, isSure };
}
