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
  const found: Statement[] = [];
  for (const document of alternatives({ value: jsonOf(resource.get(property), resource), property, exists: resource.exists })) {
    for (const { value, property: at, exists } of listed({ value: document.value.get('Statement'), property: `${property}.Statement`, exists: document.exists })) {
      found.push(new Statement({ resource, property: at }, value, exists));
    }
  }
  return found;
}

/** A resource that is a statement by itself, its properties called otherwise than in a policy. */
export function statementOf(resource: Resource, raw: Readonly<Record<string, unknown>>, elements: Origin['elements']): Statement {
  return new Statement({ resource, property: '', elements }, Value.known(raw, resource.scope), resource.exists);
}

/** Each element of a list, or the one that stands for a list, in each case. */
export function listed(list: Placed): readonly Placed[] {
  if (list.value.kind === 'absent') return NOTHING;
  const found: Placed[] = [];
  for (const alternative of alternatives(list)) {
    const { value, property, exists } = alternative;
    if (!Array.isArray(value.literal)) {
      found.push(alternative);
      continue;
    }
    for (let index = 0; index < value.literal.length; index++) {
      const element = { value: value.get(String(index)), property: `${property}.${index}`, exists };
      if (element.value.kind === 'either') found.push(...alternatives(element));
      else if (element.value.kind !== 'absent') found.push(element);
    }
  }
  return found;
}

const NOTHING: readonly Placed[] = [];

/** What stands there in each case; whether it does is unknown as soon as there are several. */
function alternatives(placed: Placed): readonly Placed[] {
  const { value, property } = placed;
  if (value.kind !== 'either') return value.kind === 'absent' ? NOTHING : [placed];
  return value.branches.filter(({ kind }) => kind !== 'absent').map(branch => ({ value: branch, property, exists: 'unknown' }));
}
