import { Origin, Statement } from './statement';
import { jsonOf } from '../model/json-text';
import { Resource } from '../model/resource';
import { Value } from '../model/value';
import { Verdict } from '../model/verdict';

/** Something in a template that may or may not be there in the end, and the property in which it stands. */
export interface Placed {
  readonly value: Value;
  readonly property: string;
  /** Unknown if a condition of the template decides on it. */
  readonly exists: Verdict;
}

/**
 * The statements of a policy document: a map or a JSON text, with one statement or several, and with `Fn::If` around any of it.
 *
 * @param property where the document stands, below `Properties` of `resource`
 */
export function statementsOf(resource: Resource, property: string): readonly Statement[] {
  return alternatives({ value: jsonOf(resource.get(property), resource), property, exists: resource.exists })
    .flatMap(({ value, exists }) => listed({ value: value.get('Statement'), property: `${property}.Statement`, exists }))
    .map(({ value, property: at, exists }) => new Statement({ resource, property: at }, value, exists));
}

/** A resource that is a statement by itself, its properties called otherwise than in a policy. */
export function statementOf(resource: Resource, raw: Readonly<Record<string, unknown>>, elements: Origin['elements']): Statement {
  return new Statement({ resource, property: '', elements }, Value.known(raw, resource.scope), resource.exists);
}

/** Each element of a list, or the one that stands for a list, in each case. */
export function listed(list: Placed): readonly Placed[] {
  const found: Placed[] = [];
  for (const alternative of alternatives(list)) {
    const { value, property, exists } = alternative;
    if (!Array.isArray(value.literal)) {
      found.push(alternative);
      continue;
    }
    for (let index = 0; index < value.literal.length; index++) {
      found.push(...alternatives({ value: value.get(String(index)), property: `${property}.${index}`, exists }));
    }
  }
  return found;
}

/** What stands there in each case; whether it does is unknown as soon as there are several. */
function alternatives(placed: Placed): readonly Placed[] {
  const { value, property } = placed;
  if (value.kind !== 'either') return value.kind === 'absent' ? [] : [placed];
  return value.branches.filter(({ kind }) => kind !== 'absent').map(branch => ({ value: branch, property, exists: 'unknown' }));
}
